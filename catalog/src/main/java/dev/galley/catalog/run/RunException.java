package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;

/** A run can not do what was asked: there is none, its status does not allow it, or what it wrote is gone. Nothing was published. */
final class RunException extends CatalogException {
    private static final long serialVersionUID = 1L;

    RunException(String message) {
        super(message);
    }

    RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
