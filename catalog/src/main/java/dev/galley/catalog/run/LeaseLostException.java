package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;

/** The lease was taken over: this run stood still too long, or was thought dead. Nothing was published. Exit code 7. */
final class LeaseLostException extends CatalogException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String pipeline, RunId run) {
        super("Cannot publish run " + run + ": another run took over the lease of pipeline " + pipeline
                + "; nothing was published, run the pipeline again");
    }

    @Override
    public int exitCode() {
        return 7;
    }
}
