package dev.galley.catalog;

/** The catalog's database could not be reached, or refused. What was asked for happened, if at all, as a whole. */
final class DatabaseException extends CatalogException {
    private static final long serialVersionUID = 1L;

    DatabaseException(String doing, Throwable cause) {
        super("Cannot " + doing + ": " + cause.getMessage() + next(cause), cause);
    }

    private static String next(Throwable cause) {
        return Database.forbidden(cause)
                ? "; the database's owner must make its tables and grant them, see docs/catalog.md"
                : "; see that the catalog's database answers";
    }
}
