package dev.galley.catalog;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Connections to SQLite or PostgreSQL, with the settings that Galley's promises rest on. */
final class JdbcConnections implements Database.Connections {
    private static final Map<String, String> DRIVERS =
            Map.of("jdbc:sqlite:", "org.sqlite.JDBC", "jdbc:postgresql:", "org.postgresql.Driver");

    /** WAL and FULL: readers never block, and a commit survives a power cut. */
    private static final Map<String, String> SQLITE =
            Map.of("journal_mode", "WAL", "synchronous", "FULL", "busy_timeout", "20000");

    /** The primary only: a replica may be behind. An answer is waited for longer than any lock: see Database. */
    private static final Map<String, String> POSTGRESQL = Map.of(
            "ApplicationName", "galley",
            // A proxy that pools by transaction gives the next statement another session, which knows no prepared one.
            "prepareThreshold", "0",
            "connectTimeout", "10",
            "socketTimeout", "120",
            "tcpKeepAlive", "true",
            "targetServerType", "primary");

    private final String uri;
    private final Properties properties = new Properties();

    /** Refuses any other kind of URI, a database in memory and a password in the URI. */
    JdbcConnections(String uri, Map<String, String> given) {
        Map.Entry<String, String> driver = DRIVERS.entrySet().stream()
                .filter(known -> uri.startsWith(known.getKey()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot open the catalog: its uri must start with jdbc:sqlite: or jdbc:postgresql:"));
        if (uri.contains(":memory:") || uri.contains("mode=memory") || uri.equals(driver.getKey())) {
            throw new IllegalArgumentException("Cannot open the catalog: " + uri + " is not a database on disk");
        }
        if (uri.matches("(?i).*[?&](password|sslpassword)=.*") || uri.matches("jdbc:postgresql://[^/]*@.*")) {
            throw new IllegalArgumentException(
                    "Cannot open the catalog: its uri holds a password; set catalog.password instead");
        }
        this.uri = uri;
        Map<String, String> all = new HashMap<>(uri.startsWith("jdbc:sqlite:") ? SQLITE : POSTGRESQL);
        all.putAll(given);
        properties.putAll(all);
        register(driver.getValue());
    }

    /** A driver that came with --jars is unknown to DriverManager until it is loaded. */
    private static void register(String driver) {
        try {
            Class.forName(driver);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "Cannot open the catalog: the driver " + driver + " is not on the class path", e);
        }
    }

    @Override
    public Connection open() throws SQLException {
        return DriverManager.getConnection(uri, properties);
    }
}
