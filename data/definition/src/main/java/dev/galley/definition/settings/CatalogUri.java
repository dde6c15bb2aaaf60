package dev.galley.definition.settings;

import dev.galley.definition.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The JDBC URLs that a catalog may have: files of SQLite and PostgreSQL, with harmless parameters only. */
final class CatalogUri {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Pattern PASSWORD = Pattern.compile("(password|passwd|pwd)\\s*=|//[^/?]*@");
    /** Drivers load classes and files that parameters name, so the list says what is allowed. */
    private static final Set<String> PARAMETERS = Set.of(
            "applicationname",
            "busy_timeout",
            "connecttimeout",
            "currentschema",
            "journal_mode",
            "logintimeout",
            "sockettimeout",
            "sslmode",
            "sslrootcert",
            "synchronous",
            "targetservertype",
            "tcpkeepalive");

    private CatalogUri() {}

    /** Why {@code uri} is refused, without repeating it; absent if it is allowed. */
    static Optional<String> problem(String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        if (PASSWORD.matcher(lower).find()) {
            return Optional.of("must not hold a user or password; use catalog.user and GALLEY_CATALOG_PASSWORD");
        }
        int query = uri.indexOf('?');
        String base = query < 0 ? uri : uri.substring(0, query);
        boolean sqlite = base.startsWith(SQLITE);
        if (!sqlite && !base.startsWith(POSTGRESQL)) {
            return Optional.of("must begin with jdbc:sqlite: or jdbc:postgresql:");
        }
        String rest = base.substring((sqlite ? SQLITE : POSTGRESQL).length());
        if (sqlite && (rest.isEmpty() || rest.startsWith(":") || rest.startsWith("file:"))) {
            return Optional.of("must name a file: jdbc:sqlite:/path/to/catalog.db");
        }
        if (!sqlite && !rest.matches("//[A-Za-z0-9.,:\\[\\]_-]+/[A-Za-z0-9_-]+")) {
            return Optional.of("must be jdbc:postgresql://host:port/database");
        }
        for (String parameter :
                query < 0 ? new String[0] : lower.substring(query + 1).split("&", -1)) {
            String name = parameter.replaceFirst("=.*", "");
            if (!PARAMETERS.contains(name)) {
                return Optional.of("has the parameter %s, which is not allowed".formatted(YamlNode.quoted(name)));
            }
        }
        return Optional.empty();
    }

    /** A relative file of SQLite stands below {@code root}. */
    static String resolve(String uri, Path root) {
        if (!uri.startsWith(SQLITE) || problem(uri).isPresent()) {
            return uri;
        }
        int query = uri.indexOf('?');
        String file = uri.substring(SQLITE.length(), query < 0 ? uri.length() : query);
        return SQLITE + root.resolve(file).normalize() + (query < 0 ? "" : uri.substring(query));
    }
}
