package dev.galley.catalog;

import dev.galley.definition.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * The rows of {@code iceberg_tables}: for each table the location of its current metadata file. Moves are
 * compare-and-set and take part in the caller's transaction.
 */
public final class Pointers {
    /** The {@code catalog_name} of every row, and the name of the Spark catalog. */
    public static final String CATALOG = "galley";

    private static final String KEY = " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ?";
    private static final int LOCATION_AT_MOST = 1000;

    /** Empty in the older layout, which has no views and no column to tell them apart. */
    private final String tablesOnly;

    private final boolean typed;

    private Pointers(Layout layout) {
        this.typed = layout == Layout.V1;
        this.tablesOnly = typed ? " AND (iceberg_type = 'TABLE' OR iceberg_type IS NULL)" : "";
    }

    /**
     * Creates what is missing, also when several processes do so at once; keeps the layout that is there.
     *
     * @throws LayoutException if what is there is not Iceberg's
     */
    public static Pointers open(Database database) {
        return new Pointers(Layout.open(database));
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
        try (PreparedStatement select = connection.prepareStatement("SELECT catalog_name, table_namespace, table_name,"
                        + " metadata_location, " + (typed ? "iceberg_type" : "NULL") + " FROM iceberg_tables");
                ResultSet rows = select.executeQuery()) {
            List<CatalogEntry> entries = new ArrayList<>();
            while (rows.next()) {
                String type = rows.getString(5);
                entries.add(new CatalogEntry(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        type != null && !type.equals("TABLE"),
                        Optional.ofNullable(rows.getString(4))));
            }
            return entries;
        }
    }

    /** Empty if there is no such table. */
    public Optional<String> location(Connection connection, TableIdentifier table) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT metadata_location FROM iceberg_tables" + KEY + tablesOnly)) {
            select.setString(1, CATALOG);
            select.setString(2, table.namespace().toString());
            select.setString(3, table.name());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** False, and nothing changed, if the table does not stand at {@code from}. */
    public boolean move(Connection connection, TableName table, String from, String to) throws SQLException {
        return move(connection, TableIdentifier.of(table.namespace(), table.name()), from, to);
    }

    boolean move(Connection connection, TableIdentifier table, String from, String to) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ?" + KEY
                        + " AND metadata_location = ?" + tablesOnly)) {
            update.setString(1, checked(to));
            update.setString(2, from);
            update.setString(3, CATALOG);
            update.setString(4, table.namespace().toString());
            update.setString(5, table.name());
            update.setString(6, from);
            return update.executeUpdate() == 1;
        }
    }

    /** A new table. Fails with a duplicate key if a table or view of that name is there. */
    void insert(Connection connection, TableIdentifier table, String to) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name, metadata_location"
                        + (typed ? ", iceberg_type) VALUES (?, ?, ?, ?, 'TABLE')" : ") VALUES (?, ?, ?, ?)"))) {
            insert.setString(1, CATALOG);
            insert.setString(2, table.namespace().toString());
            insert.setString(3, table.name());
            insert.setString(4, checked(to));
            insert.executeUpdate();
        }
    }

    private static String checked(String location) {
        if (location.length() > LOCATION_AT_MOST) {
            throw new IllegalArgumentException("Cannot point to " + location + ": longer than " + LOCATION_AT_MOST
                    + " characters; use a shorter warehouse path");
        }
        return location;
    }
}
