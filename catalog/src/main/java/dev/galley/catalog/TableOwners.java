package dev.galley.catalog;

import dev.galley.definition.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pipeline owns which table, noted beside the catalog as properties of the table's namespace, so that nobody needs to
 * read every table to find a pipeline's. The table's own property decides; a note spares looking, and may be missing.
 */
final class TableOwners {
    /** Noted of a table that is no pipeline's. */
    static final String NOBODY = "-";

    private static final String KEY = GalleyCatalog.PIPELINE + ".";

    private static final Logger LOG = LoggerFactory.getLogger(TableOwners.class);

    private final Database database;

    TableOwners(Database database) {
        this.database = database;
    }

    /** What is noted, in the caller's transaction. */
    static Map<TableName, String> noted(Connection connection) throws SQLException {
        Map<TableName, String> owners = new HashMap<>();
        Database.query(
                        connection,
                        row -> List.of(row.getString(1), row.getString(2).substring(KEY.length()), row.getString(3)),
                        "SELECT namespace, property_key, property_value FROM iceberg_namespace_properties"
                                + " WHERE catalog_name = ? AND property_key LIKE ? AND property_value IS NOT NULL",
                        MetadataPointers.CATALOG,
                        KEY + "%")
                .stream()
                .filter(note -> TableName.isValid(note.get(0), note.get(1)))
                .forEach(note -> owners.put(new TableName(note.get(0), note.get(1)), note.get(2)));
        return owners;
    }

    /** Notes it, or leaves it where the database cannot be written to. */
    void note(TableName table, String owner) {
        try {
            database.repeatable(
                    "note whose " + table + " is",
                    connection -> Database.update(
                            connection,
                            "INSERT INTO iceberg_namespace_properties (catalog_name, namespace, property_key,"
                                    + " property_value) VALUES (?, ?, ?, ?)"
                                    + " ON CONFLICT (catalog_name, namespace, property_key)"
                                    + " DO UPDATE SET property_value = excluded.property_value",
                            MetadataPointers.CATALOG,
                            table.namespace(),
                            KEY + table.name(),
                            owner));
        } catch (DatabaseException e) {
            LOG.debug("Not noted whose {} is", table, e);
        }
    }
}
