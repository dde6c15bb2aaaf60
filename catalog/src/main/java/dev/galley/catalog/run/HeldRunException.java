package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;

/** A run waits for a person; a later one must not pass it. Exit code 5. */
public final class HeldRunException extends CatalogException {
    private static final long serialVersionUID = 1L;

    HeldRunException(RunId held) {
        super("Cannot run: run " + held + " is audited and waits for a person. Next: bin/galley show " + held
                + ", then bin/galley publish " + held + " or bin/galley discard " + held);
    }

    @Override
    public int exitCode() {
        return 5;
    }
}
