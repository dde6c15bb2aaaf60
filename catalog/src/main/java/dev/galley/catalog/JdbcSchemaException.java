package dev.galley.catalog;

import java.util.Collection;
import java.util.Locale;

/** The catalog's table in the database is not one that Galley knows how to write to; nothing was changed. */
final class JdbcSchemaException extends CatalogException {
    private static final long serialVersionUID = 1L;

    JdbcSchemaException(String what, Collection<String> found) {
        super("Cannot open the catalog: iceberg_tables " + what + " ("
                + String.join(", ", found).toLowerCase(Locale.ROOT)
                + "), so it is not Iceberg's, or of a later Iceberg; give catalog.uri a database of its own, or use the"
                + " Galley for that Iceberg");
    }
}
