package dev.galley.spark.cli;

import dev.galley.catalog.run.PublishedRun;
import dev.galley.catalog.run.RunId;
import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.spark.action.PublishRun;
import dev.galley.spark.run.Workspace;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley publish}. */
@Command(
        name = "publish",
        description = "Publish a held run, exactly as it was audited. Exit code 4 if main moved since.")
@Examples("20261121T113000Z-4f3a9c")
final class PublishVerb extends ChangingVerb {
    @Parameters(paramLabel = "RUN", description = "A run's id, see runs PIPELINE --status held.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private RunId run;

    @Override
    protected Answer plan() {
        try (Workspace workspace = Lakehouse.open(this)) {
            PublishRun.Plan plan = new PublishRun(workspace, run).plan();
            plan.foreign().forEach(change -> say(change + "; it would be published, too"));
            return Answer.ofLines(
                    Map.of("run", run.text(), "moved", plan.moving().size(), "tag", run.tag()),
                    List.of("Would publish run %s: %d tables move."
                            .formatted(run, plan.moving().size())));
        }
    }

    @Override
    protected Answer execute() {
        try (Workspace workspace = Lakehouse.open(this)) {
            PublishRun publish = new PublishRun(workspace, run);
            publish.plan().foreign().forEach(change -> say(change + "; it is published, too"));
            PublishedRun published = publish.execute();
            long moved = published.moved();
            int all = published.tables().size();
            return Answer.ofLines(
                    Map.of("run", run.text(), "at", published.at(), "moved", moved, "tables", all, "tag", run.tag()),
                    List.of("PUBLISHED: run %s at %s; %d tables moved, %d in all tagged %s."
                            .formatted(run, published.at(), moved, all, run.tag())));
        }
    }
}
