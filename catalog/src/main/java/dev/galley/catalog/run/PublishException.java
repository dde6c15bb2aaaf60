package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;

/** Nothing was published, for a reason that is not {@code main}: the audit branch is gone or changed, or no database. */
public final class PublishException extends CatalogException {
    private static final long serialVersionUID = 1L;

    PublishException(String message) {
        super(message);
    }

    PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
