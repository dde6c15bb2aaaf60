package dev.galley.spark.cli;

import dev.galley.catalog.ledger.Published;
import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.ledger.RunTable.Change;
import dev.galley.spark.action.Approval;
import dev.galley.spark.run.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley publish}. */
@Command(
        name = "publish",
        description = "Publish a held run, exactly as it was audited. Exit code 4 if main moved since.",
        footer = {"", "Example:", "  galley publish 20261121T113000Z-4f3a9c"})
final class PublishVerb extends Verb {
    @Parameters(paramLabel = "RUN", description = "A run's id, see galley runs PIPELINE --status held.")
    private String id = "";

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            Approval approval = new Approval(workspace);
            approval.foreign(new RunId(id)).forEach(change -> narrator().say(change + "; it is published, too"));
            Published published = approval.publish(new RunId(id));
            long moved = published.tables().stream()
                    .filter(table -> table.change() == Change.MOVED)
                    .count();
            out().printf(
                            "PUBLISHED: run %s at %s; %d tables moved, %d in all tagged %s.%n",
                            published.run(),
                            published.at(),
                            moved,
                            published.tables().size(),
                            published.run().tag());
            out().flush();
            return 0;
        }
    }
}
