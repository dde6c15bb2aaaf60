package dev.galley.spark.cli;

import dev.galley.spark.plan.Planner.Refresh;
import picocli.CommandLine.Option;

/** Options that say what becomes of tables that are computed by the change alone. */
final class RefreshOption {
    @Option(names = "--full-refresh", description = "Compute every model anew from its whole upstreams.")
    private boolean full;

    @Option(
            names = "--forward-only",
            description = "Go on with a changed incremental model; older rows stay as they are.")
    private boolean forwardOnly;

    Refresh refresh() {
        return full ? Refresh.FULL : forwardOnly ? Refresh.FORWARD_ONLY : Refresh.WHAT_IS_NEW;
    }
}
