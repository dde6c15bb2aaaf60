package dev.galley.catalog;

/** A table of the catalog cannot be read, so it is unknown which files it names; nothing was deleted. */
final class UnreadableTableException extends CatalogException {
    private static final long serialVersionUID = 1L;

    UnreadableTableException(CatalogEntry table, String reason) {
        super("Cannot tell which files " + table + " names: " + reason
                + "; nothing was deleted. Mend or drop the table, or say" + " --ignore-table " + table
                + " if its files are not in this warehouse");
    }
}
