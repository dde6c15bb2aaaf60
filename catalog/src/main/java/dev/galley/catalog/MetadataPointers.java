package dev.galley.catalog;

import dev.galley.definition.table.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The rows of {@code iceberg_tables}: for each table the location of its current metadata file. Moves are
 * compare-and-set and take part in the caller's transaction.
 */
public final class MetadataPointers {
    /** The {@code catalog_name} of every row, and the name of the Spark catalog. */
    public static final String CATALOG = "galley";

    private static final String KEY = " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?";
    private static final int LOCATION_AT_MOST = 1000;

    /** Empty in the older layout, which has no views and no column to tell them apart. */
    private final String tablesOnly;

    private final boolean typed;

    private MetadataPointers(JdbcSchemaVersion layout) {
        this.typed = layout == JdbcSchemaVersion.V1;
        this.tablesOnly = typed ? " AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)" : "";
    }

    /**
     * Creates what is missing, also when several processes do so at once; keeps the layout that is there.
     *
     * @throws JdbcSchemaException if what is there is not Iceberg's
     */
    public static MetadataPointers open(Database database) {
        return new MetadataPointers(JdbcSchemaVersion.open(database));
    }

    /** All tables at one instant, but for those whose name no pipeline can give: another engine made them. */
    public SortedMap<TableName, String> all(Connection connection) throws SQLException {
        SortedMap<TableName, String> all = new TreeMap<>();
        for (CatalogEntry entry : everything(connection)) {
            entry.table().ifPresent(table -> entry.metadata().ifPresent(at -> all.put(table, at)));
        }
        return all;
    }

    /** Every row at one instant: views, odd names and other catalogs of the same database among them. */
    public List<CatalogEntry> everything(Connection connection) throws SQLException {
        return Database.query(
                connection,
                MetadataPointers::entry,
                "SELECT catalog_name, table_namespace, table_name, metadata_location, "
                        + (typed ? "iceberg_type" : "NULL") + " FROM iceberg_tables");
    }

    private static CatalogEntry entry(ResultSet row) throws SQLException {
        String type = row.getString(5);
        return new CatalogEntry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                type != null && !type.equals("TABLE"),
                Optional.ofNullable(row.getString(4)));
    }

    /** Empty if there is no such table. */
    public Optional<String> location(Connection connection, TableName table) throws SQLException {
        return location(connection, TableIdentifier.of(table.namespace(), table.name()));
    }

    Optional<String> location(Connection connection, TableIdentifier table) throws SQLException {
        return Database.query(
                        connection,
                        row -> Optional.ofNullable(row.getString(1)),
                        "SELECT metadata_location FROM iceberg_tables" + KEY + tablesOnly,
                        CATALOG,
                        table.namespace().toString(),
                        table.name())
                .stream()
                .findFirst()
                .flatMap(location -> location);
    }

    /** False, and nothing changed, if the table is not at {@code from}. */
    public boolean move(Connection connection, TableName table, String from, String to) throws SQLException {
        return move(connection, TableIdentifier.of(table.namespace(), table.name()), from, to);
    }

    boolean move(Connection connection, TableIdentifier table, String from, String to) throws SQLException {
        return Database.update(
                        connection,
                        "UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ?" + KEY
                                + " AND metadata_location = ?" + tablesOnly,
                        checked(to),
                        from,
                        CATALOG,
                        table.namespace().toString(),
                        table.name(),
                        from)
                == 1;
    }

    /** A new table. Fails with a duplicate key if a table or view of that name is there. */
    void insert(Connection connection, TableIdentifier table, String to) throws SQLException {
        Database.update(
                connection,
                "INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name, metadata_location"
                        + (typed ? ", iceberg_type) VALUES (?, ?, ?, ?, 'TABLE')" : ") VALUES (?, ?, ?, ?)"),
                CATALOG,
                table.namespace().toString(),
                table.name(),
                checked(to));
    }

    private static String checked(String location) {
        if (location.length() > LOCATION_AT_MOST) {
            throw new IllegalArgumentException("Cannot point to " + location + ": longer than " + LOCATION_AT_MOST
                    + " characters; use a shorter warehouse path");
        }
        return location;
    }
}
