package dev.galley.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder of files, however it is spelled: {@code s3}, {@code s3a} and {@code s3n} are one, and so are the forms of a local path. */
record TableFolder(String path) {
    private static final Pattern S3 = Pattern.compile("^s3[an]?://");
    private static final Pattern LOCAL = Pattern.compile("^file:/*");
    private static final Pattern METADATA = Pattern.compile("(.+)/metadata/[^/]+\\.metadata\\.json");

    public static TableFolder of(String location) {
        return new TableFolder(spelled(location).replaceAll("/+$", ""));
    }

    /** Where a table lies, as its metadata file shows; empty if that is not where Iceberg puts one. */
    public static Optional<TableFolder> ofMetadata(String file) {
        Matcher usual = METADATA.matcher(file.replaceAll("\\.gz\\.metadata\\.json$", ".metadata.json"));
        return usual.matches() ? Optional.of(of(usual.group(1))) : Optional.empty();
    }

    public boolean holds(String file) {
        return spelled(file).startsWith(path + "/");
    }

    /** Whether one is the other or lies in it. */
    public boolean overlaps(TableFolder other) {
        return (path + "/").startsWith(other.path + "/") || (other.path + "/").startsWith(path + "/");
    }

    static String spelled(String location) {
        return LOCAL.matcher(S3.matcher(location).replaceFirst("s3://")).replaceFirst("/");
    }
}
