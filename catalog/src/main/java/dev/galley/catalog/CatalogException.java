package dev.galley.catalog;

import dev.galley.definition.failure.GalleyException;

/** The root of what catalog, ledger and publication throw. */
public abstract class CatalogException extends GalleyException {
    private static final long serialVersionUID = 1L;

    protected CatalogException(String message) {
        super(message);
    }

    protected CatalogException(String message, Throwable cause) {
        super(message, cause);
    }
}
