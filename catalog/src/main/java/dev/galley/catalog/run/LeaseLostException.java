package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;
import dev.galley.definition.failure.ExitCode;

/** The lease was taken over: this run stood still too long, or was thought dead. Nothing was published. */
final class LeaseLostException extends CatalogException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String pipeline, RunId run) {
        super("Cannot publish run " + run + ": another run took over the lease of pipeline " + pipeline
                + "; nothing was published, run the pipeline again");
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.RUN_AT_WORK;
    }
}
