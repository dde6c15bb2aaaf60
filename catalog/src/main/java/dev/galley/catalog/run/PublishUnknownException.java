package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;

/** The database took the publication's COMMIT and stopped answering. All tables are published or none. */
final class PublishUnknownException extends CatalogException {
    private static final long serialVersionUID = 1L;

    PublishUnknownException(RunId run, Throwable cause) {
        super(
                "Cannot say whether run " + run + " is published: the catalog's database stopped answering during"
                        + " COMMIT; all its tables are or none. Type galley show " + run
                        + " when the database is back",
                cause);
    }
}
