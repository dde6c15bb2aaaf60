package dev.galley.catalog;

/** The root of what catalog, ledger and publication throw. Carries the exit code that a command ends with. */
public abstract class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected CatalogException(String message) {
        super(message);
    }

    protected CatalogException(String message, Throwable cause) {
        super(message, cause);
    }

    public int exitCode() {
        return 1;
    }
}
