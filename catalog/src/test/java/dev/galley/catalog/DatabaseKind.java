package dev.galley.catalog;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The databases that a catalog can live in, each with Iceberg's tables in the newer layout and in the older one. */
public enum DatabaseKind {
    SQLITE,
    SQLITE_V0,
    POSTGRESQL,
    POSTGRESQL_V0;

    /** As Iceberg made it before it knew views. */
    private static final String OLDER = "CREATE TABLE iceberg_tables (catalog_name VARCHAR(255) NOT NULL,"
            + " table_namespace VARCHAR(255) NOT NULL, table_name VARCHAR(255) NOT NULL,"
            + " metadata_location VARCHAR(1000), previous_metadata_location VARCHAR(1000),"
            + " PRIMARY KEY (catalog_name, table_namespace, table_name))";

    public boolean isSqlite() {
        return this == SQLITE || this == SQLITE_V0;
    }

    public boolean hasTypes() {
        return this == SQLITE || this == POSTGRESQL;
    }

    /** A new lakehouse: its files in the folder, a database of its own. */
    public Lakehouse lakehouse(Path folder) {
        Lakehouse lakehouse = isSqlite()
                ? new Lakehouse(folder)
                : new Lakehouse(folder, PostgresServer.shared().newDatabase());
        if (!hasTypes()) {
            execute(lakehouse, OLDER);
        }
        return lakehouse;
    }

    /** One statement, outside of any catalog. */
    public static void execute(Lakehouse lakehouse, String sql) {
        try (Connection connection = lakehouse.connections().open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
