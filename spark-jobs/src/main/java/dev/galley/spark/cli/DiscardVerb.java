package dev.galley.spark.cli;

import dev.galley.catalog.ledger.RunId;
import dev.galley.spark.run.Discard;
import dev.galley.spark.run.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley discard}. */
@Command(
        name = "discard",
        description = "Drop a blocked or held run. Its batches are read again by the next run, unless --refetch.",
        footer = {"", "Example:", "  galley discard 20261121T113000Z-4f3a9c --refetch"})
final class DiscardVerb extends Verb {
    @Parameters(paramLabel = "RUN", description = "A run's id, see galley runs.")
    private String id = "";

    @Option(
            names = "--refetch",
            description = "The source was wrong: reject the run's batches and all later ones of the same resources,"
                    + " so that the next ingest fetches that window again.")
    private boolean refetch;

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            Discard discard = new Discard(workspace);
            (refetch ? discard.refetching(new RunId(id)) : discard.keepingBatches(new RunId(id)))
                    .forEach(out()::println);
            out().flush();
            return 0;
        }
    }
}
