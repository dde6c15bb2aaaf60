package dev.galley.spark.cli;

import dev.galley.catalog.run.RunId;
import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.failure.UsageException;
import dev.galley.landing.Batch;
import dev.galley.spark.action.DiscardBatches;
import dev.galley.spark.action.DiscardBatches.Later;
import dev.galley.spark.action.DiscardRun;
import dev.galley.spark.run.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley discard}. */
@Command(
        name = "discard",
        description = "Drop a blocked or held run; its batches are read again by the next run, unless --refetch."
                + " Or reject batches by name.")
@Examples({
    "20261121T113000Z-4f3a9c --refetch",
    "bookstore --batch orders/7",
    "bookstore --batch bookstore.orders/3-5 --only"
})
final class DiscardVerb extends ChangingVerb {
    @Parameters(paramLabel = "RUN|PIPELINE", description = "A run's id, see galley runs; with --batch a pipeline.")
    private String name = "";

    @ArgGroup
    private @Nullable Refused refused;

    /** What the source did wrong. */
    static final class Refused {
        @Option(
                names = "--refetch",
                description = "The source was wrong: reject the run's batches and all later ones of the same resources,"
                        + " so that the next ingest fetches that window again.")
        private boolean refetch;

        @ArgGroup(exclusive = false)
        private @Nullable Named named;
    }

    /** Batches by name. */
    static final class Named {
        @Option(
                names = "--batch",
                required = true,
                paramLabel = "RESOURCE/N",
                description = "Reject that batch and all later ones, whatever became of the runs that read them; also"
                        + " N-M and N,M. What is lost in the landing can be named, too.")
        private String batch = "";

        @Option(names = "--only", description = "With --batch: later ones stay, and what it held is given up.")
        private boolean only;

        Later later() {
            return only ? Later.STAYS : Later.REJECTED;
        }
    }

    @Override
    protected Answer plan() {
        try (Workspace workspace = Lakehouse.open(this)) {
            Named named = refused == null ? null : refused.named;
            return named == null
                    ? dropped(run(workspace).plan())
                    : rejected(batches(workspace).plan(named.batch, named.later()));
        }
    }

    @Override
    protected Answer execute() {
        try (Workspace workspace = Lakehouse.open(this)) {
            Named named = refused == null ? null : refused.named;
            return named == null
                    ? dropped(run(workspace).execute())
                    : rejected(batches(workspace).execute(named.batch, named.later()));
        }
    }

    private DiscardRun run(Workspace workspace) {
        boolean refetch = refused != null && refused.refetch;
        return new DiscardRun(workspace, runId(), refetch ? DiscardRun.Batches.REJECTED : DiscardRun.Batches.KEPT);
    }

    private RunId runId() {
        try {
            return new RunId(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), NextStep.runs("PIPELINE"));
        }
    }

    private DiscardBatches batches(Workspace workspace) {
        return new DiscardBatches(workspace, Lakehouse.pipeline(workspace, name));
    }

    private Answer dropped(DiscardRun.Dropped dropped) {
        String pipeline = dropped.run().pipeline();
        boolean refetch = refused != null && refused.refetch;
        return answer(
                Map.of("run", dropped.run().id().text(), "rejected", ids(dropped.rejected())),
                (isDryRun() ? "Would discard run " : "Discarded run ")
                        + dropped.run().id() + "; "
                        + (refetch
                                ? dropped.rejected().size() + " batches rejected, the next ingest fetches them again."
                                : "its batches are read again by the next run."),
                dropped.askAgain(),
                refetch ? NextStep.ingest(pipeline).then(NextStep.run(pipeline)) : NextStep.run(pipeline));
    }

    private Answer rejected(DiscardBatches.Rejected rejected) {
        Map<String, Object> json = Map.of(
                "resource", rejected.resource().toString(),
                "named", rejected.named(),
                "rejected", ids(rejected.rejected()));
        if (rejected.later() == Later.STAYS) {
            return answer(
                    json,
                    (isDryRun() ? "Would give up " : "Gave up ")
                            + rejected.named().size() + " batches of " + rejected.resource()
                            + "; what came later stays.",
                    List.of(),
                    NextStep.run(name));
        }
        return answer(
                json,
                (isDryRun() ? "Would reject " : "Rejected ")
                        + rejected.rejected().size() + " batches of "
                        + rejected.resource() + " from " + rejected.named().first()
                        + " on; the next ingest fetches them again.",
                rejected.askAgain(),
                NextStep.ingest(name).then(NextStep.run(name)));
    }

    /** As {@code --batch} takes them. */
    private static List<String> ids(List<Batch> batches) {
        return batches.stream()
                .map(Batch::id)
                .map(id -> id.resource() + "/" + id.sequence())
                .toList();
    }

    private Answer answer(Map<String, Object> json, String line, List<NextStep> askAgain, NextStep last) {
        List<NextStep> next = new ArrayList<>();
        if (!isDryRun()) {
            next.addAll(askAgain);
            next.add(last.to("Next"));
        }
        return Answer.ofLines(json, List.of(line)).next(next);
    }
}
