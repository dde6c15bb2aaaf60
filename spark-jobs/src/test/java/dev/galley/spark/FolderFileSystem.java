package dev.galley.spark;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Folders under names of their own: {@code folder://name/path} is {@code path} in the folder mounted as {@code name}. What a
 * table's metadata names so can be copied to any other folder, and mounted there.
 */
public final class FolderFileSystem extends RawLocalFileSystem {
    private static final Map<String, File> MOUNTS = new ConcurrentHashMap<>();

    /** Of the time before {@link #initialize}: the superclass asks for it when it is made. */
    private static final URI UNMOUNTED = URI.create("folder:///");

    private @Nullable URI mounted;

    /** From now on; in place of what was mounted under that name before. */
    public static void mount(String name, java.nio.file.Path folder) {
        MOUNTS.put(name, folder.toFile());
    }

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
        this.mounted = URI.create(uri.getScheme() + "://" + uri.getAuthority());
        super.initialize(uri, conf);
    }

    @Override
    public String getScheme() {
        return "folder";
    }

    @Override
    public URI getUri() {
        URI uri = mounted;
        return uri == null ? UNMOUNTED : uri;
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path(getUri() + "/");
    }

    @Override
    public File pathToFile(Path path) {
        File folder = MOUNTS.get(String.valueOf(getUri().getAuthority()));
        if (folder == null) {
            throw new IllegalStateException("Nothing is mounted as " + getUri());
        }
        return new File(folder, makeQualified(path).toUri().getPath());
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        File file = pathToFile(path);
        if (!file.exists()) {
            throw new FileNotFoundException("There is no " + path);
        }
        return new FileStatus(
                file.length(),
                file.isDirectory(),
                1,
                getDefaultBlockSize(path),
                file.lastModified(),
                makeQualified(path));
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
        return getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        String[] names = pathToFile(path).list();
        if (names == null) {
            return new FileStatus[] {getFileStatus(path)};
        }
        FileStatus[] found = new FileStatus[names.length];
        for (int i = 0; i < names.length; i++) {
            found[i] = getFileStatus(new Path(path, names[i]));
        }
        return found;
    }
}
