package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;

/** The ledger refuses: no such run, or its status does not allow what was asked. */
public final class LedgerException extends CatalogException {
    private static final long serialVersionUID = 1L;

    public LedgerException(String message) {
        super(message);
    }
}
