package dev.galley.catalog;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * How Iceberg laid out its table of tables: {@code V1} tells tables from views, {@code V0} knows no views. Found by the
 * columns that are there, whatever anybody configured.
 */
enum JdbcSchemaVersion {
    V0,
    V1;

    private static final Set<String> KEY = Set.of("catalog_name", "table_namespace", "table_name");
    private static final String TYPE = "iceberg_type";
    private static final Set<String> COLUMNS =
            Set.of("catalog_name", "table_namespace", "table_name", "metadata_location", "previous_metadata_location");

    static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS iceberg_tables (catalog_name VARCHAR(255) NOT NULL,"
                    + " table_namespace VARCHAR(255) NOT NULL, table_name VARCHAR(255) NOT NULL,"
                    + " metadata_location VARCHAR(1000), previous_metadata_location VARCHAR(1000),"
                    + " iceberg_type VARCHAR(5), PRIMARY KEY (catalog_name, table_namespace, table_name))",
            "CREATE TABLE IF NOT EXISTS iceberg_namespace_properties (catalog_name VARCHAR(255) NOT NULL,"
                    + " namespace VARCHAR(255) NOT NULL, property_key VARCHAR(255), property_value VARCHAR(1000),"
                    + " PRIMARY KEY (catalog_name, namespace, property_key))");

    /** Creates what is missing, also when several processes do so at once; keeps the layout that is there. */
    static JdbcSchemaVersion open(Database database) {
        if (!database.repeatable("look for the catalog's tables", JdbcSchemaVersion::complete)) {
            database.define("create the catalog's tables", TABLES);
        }
        return database.repeatable("read the catalog's layout", JdbcSchemaVersion::read);
    }

    private static boolean complete(Connection connection) throws SQLException {
        return Database.tableExists(connection, "iceberg_tables")
                && Database.tableExists(connection, "iceberg_namespace_properties");
    }

    private static JdbcSchemaVersion read(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String schema = Database.schemaOf(connection, "iceberg_tables");
        Set<String> columns = names(data.getColumns(null, schema, "iceberg_tables", null));
        Set<String> untyped = new TreeSet<>(columns);
        boolean typed = untyped.remove(TYPE);
        if (!untyped.equals(COLUMNS)) {
            throw new JdbcSchemaException("has other columns than Galley knows", columns);
        }
        Set<String> key = names(data.getPrimaryKeys(null, schema, "iceberg_tables"));
        if (!key.equals(KEY)) {
            throw new JdbcSchemaException("has another primary key than Galley relies on", key);
        }
        return typed ? V1 : V0;
    }

    private static Set<String> names(ResultSet rows) throws SQLException {
        try (rows) {
            Set<String> names = new TreeSet<>();
            while (rows.next()) {
                names.add(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
            return names;
        }
    }
}
