package dev.galley.spark.cli;

import dev.galley.catalog.ledger.RunId;
import dev.galley.spark.action.Approval;
import dev.galley.spark.run.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley hold}. */
@Command(
        name = "hold",
        description = "Keep a blocked run for a look: later runs wait until it is discarded or rebuilt.",
        footer = {"", "Example:", "  galley hold 20261121T113000Z-4f3a9c"})
final class HoldVerb extends Verb {
    @Parameters(paramLabel = "RUN", description = "A run's id, see galley runs PIPELINE --status blocked.")
    private String id = "";

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            new Approval(workspace).hold(new RunId(id));
            out().println("Held run " + id + "; later runs wait.");
            out().println("Next: bin/galley sql --run " + id + ", then bin/galley run --rebuild " + id
                    + " or bin/galley discard " + id);
            out().flush();
            return 0;
        }
    }
}
