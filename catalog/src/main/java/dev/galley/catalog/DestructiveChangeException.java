package dev.galley.catalog;

import java.util.List;

/** A table's new schema would lose something; the table is unchanged. */
final class DestructiveChangeException extends CatalogException {
    private static final long serialVersionUID = 1L;

    DestructiveChangeException(String table, List<String> differences) {
        super("Cannot change the columns of " + table + ": " + String.join(", ", differences)
                + "; only new columns and wider types come before a publish. Keep the old columns, or give the table"
                + " another name");
    }
}
