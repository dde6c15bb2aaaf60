package dev.galley.catalog;

/** The catalog's database could not be reached or refused; what was asked for did not happen. */
public final class DatabaseException extends CatalogException {
    private static final long serialVersionUID = 1L;

    public DatabaseException(String doing, Throwable cause) {
        super("Cannot " + doing + ": " + cause.getMessage() + "; see that the catalog's database answers", cause);
    }
}
