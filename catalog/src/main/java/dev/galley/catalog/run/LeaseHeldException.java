package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;
import dev.galley.definition.failure.ExitCode;
import java.time.Instant;

/** Another run of the pipeline is at work. */
public final class LeaseHeldException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final transient RunId run;
    private final transient ProcessIdentity holder;

    LeaseHeldException(String pipeline, RunId run, ProcessIdentity holder, Instant since) {
        super("Cannot start: run " + run + " holds the lease of pipeline " + pipeline + " since " + since + " (host "
                + holder.host() + ", pid " + holder.pid() + "); wait for it, or stop that process and try again");
        this.run = run;
        this.holder = holder;
    }

    public RunId run() {
        return run;
    }

    ProcessIdentity holder() {
        return holder;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.RUN_AT_WORK;
    }
}
