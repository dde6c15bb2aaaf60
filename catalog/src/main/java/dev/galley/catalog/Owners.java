package dev.galley.catalog;

import dev.galley.definition.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pipeline owns which table, noted beside the catalog as properties of the table's namespace, so that nobody needs to
 * read every table to find a pipeline's. The table's own property decides; a note spares looking, and may be missing.
 */
final class Owners {
    /** Noted of a table that is no pipeline's. */
    static final String NOBODY = "-";

    private static final String KEY = GalleyCatalog.PIPELINE + ".";

    private static final Logger LOG = LoggerFactory.getLogger(Owners.class);

    private final Database database;

    Owners(Database database) {
        this.database = database;
    }

    /** What is noted, in the caller's transaction. */
    static Map<TableName, String> noted(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT namespace, property_key, property_value FROM"
                        + " iceberg_namespace_properties WHERE catalog_name = ? AND property_key LIKE ?")) {
            select.setString(1, Pointers.CATALOG);
            select.setString(2, KEY + "%");
            Map<TableName, String> owners = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String table = rows.getString(2).substring(KEY.length());
                    if (TableName.isValid(rows.getString(1), table)) {
                        owners.put(new TableName(rows.getString(1), table), rows.getString(3));
                    }
                }
            }
            return owners;
        }
    }

    /** Notes it, or leaves it where the database cannot be written to. */
    void note(TableName table, String owner) {
        try {
            database.repeatable("note whose " + table + " is", connection -> {
                try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO iceberg_namespace_properties"
                        + " (catalog_name, namespace, property_key, property_value) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (catalog_name, namespace, property_key)"
                        + " DO UPDATE SET property_value = excluded.property_value")) {
                    upsert.setString(1, Pointers.CATALOG);
                    upsert.setString(2, table.namespace());
                    upsert.setString(3, KEY + table.name());
                    upsert.setString(4, owner);
                    return upsert.executeUpdate();
                }
            });
        } catch (DatabaseException e) {
            LOG.debug("Not noted whose {} is", table, e);
        }
    }
}
