package dev.galley.spark.action;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.catalog.run.WaitingRun;
import dev.galley.definition.failure.UsageException;
import dev.galley.landing.Batch;
import dev.galley.landing.BatchId;
import dev.galley.landing.Landing;
import dev.galley.landing.ResourceId;
import dev.galley.spark.plan.LandedSoFar;
import dev.galley.spark.plan.TableState;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.table.PublishedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Drops a blocked or held run: its branches go, {@code main} was never touched. */
public final class Discard {
    private final Workspace workspace;

    public Discard(Workspace workspace) {
        this.workspace = workspace;
    }

    /** The model was wrong: the next run reads the same batches again. Says what was done. */
    public List<String> keepingBatches(RunId id) {
        RunRecord run = existing(id);
        drop(run);
        return List.of(
                "Discarded run " + id + "; its batches are read again by the next run.",
                "Next: bin/galley run " + run.pipeline());
    }

    /** The source was wrong: its batches and all later ones of the same resources are rejected. Says what was done. */
    public List<String> refetching(RunId id) {
        RunRecord run = existing(id);
        Landing landing = workspace.landing(run.pipeline());
        List<RunReport.TakenBatch> taken = run.report().map(RunReport::batches).orElse(List.of());
        List<String> lines = new ArrayList<>();
        List<Batch> rejected = new ArrayList<>();
        try (WaitingRun waiting = workspace.runs().resume(id)) {
            requireUnpublished(id, taken);
            waiting.discard();
            for (RunReport.TakenBatch batch : taken) {
                ResourceId resource = new ResourceId(run.pipeline(), batch.source(), batch.resource());
                rejected.addAll(landing.reject(new BatchId(resource, batch.sequence()), "discarded with run " + id));
            }
        }
        lines.add("Discarded run " + id + "; " + rejected.size()
                + " batches rejected, the next ingest fetches them again.");
        lines.addAll(DiscardBatches.windows(landing, run.pipeline(), rejected));
        lines.add("Next: bin/galley ingest " + run.pipeline() + " && bin/galley run " + run.pipeline());
        return lines;
    }

    /**
     * A run whose batches the next one takes, once it is dropped. Changes nothing.
     *
     * @throws UsageException if there is no such run, or it is published or at work
     */
    public RunRecord rebuildable(RunId id) {
        RunRecord run = workspace.run(id);
        if (run.status() == Status.PUBLISHED || run.status() == Status.RUNNING) {
            throw new UsageException("Cannot rebuild run " + id + ": it is " + said(run.status()));
        }
        return run;
    }

    /** Drops such a run, if there is still something to drop. */
    public void toRebuild(RunId id) {
        RunRecord run = rebuildable(id);
        if (!run.status().isFinal()) {
            drop(run);
        }
    }

    /** A later run may have taken the same batches. */
    private void requireUnpublished(RunId id, List<RunReport.TakenBatch> taken) {
        PublishedState state = PublishedState.read(
                workspace.catalog(),
                workspace.catalog().locations(),
                taken.stream().map(RunReport.TakenBatch::table).toList());
        taken.stream()
                .filter(batch -> read(state.of(batch.table()), batch) >= batch.sequence())
                .findFirst()
                .ifPresent(batch -> {
                    throw new UsageException("Cannot reject the batches of run " + id + ": a later run"
                            + " published batch " + batch.sequence() + " of " + batch.resource() + " in "
                            + batch.table() + "; a rollback takes that back");
                });
    }

    /** The newest batch of its resource that its table has read. */
    private static long read(TableState state, RunReport.TakenBatch batch) {
        return LandedSoFar.of(state.consumed(), batch.source(), batch.resource())
                .batch(batch.source(), batch.resource());
    }

    private static String said(Status status) {
        return status == Status.RUNNING ? "at work" : status.name().toLowerCase(Locale.ROOT);
    }

    private RunRecord existing(RunId id) {
        RunRecord run = workspace.run(id);
        if (run.status() != Status.BLOCKED && run.status() != Status.HELD && run.status() != Status.DISCARDED) {
            throw new UsageException("Cannot discard run " + id + ": it is " + said(run.status())
                    + "; only blocked and held runs can be discarded");
        }
        return run;
    }

    private void drop(RunRecord run) {
        try (WaitingRun waiting = workspace.runs().resume(run.id())) {
            waiting.discard();
        }
    }
}
