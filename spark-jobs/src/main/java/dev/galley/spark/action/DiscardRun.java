package dev.galley.spark.action;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.catalog.run.WaitingRun;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.failure.UsageException;
import dev.galley.landing.Batch;
import dev.galley.landing.BatchId;
import dev.galley.landing.Landing;
import dev.galley.landing.ResourceId;
import dev.galley.spark.plan.LandedSoFar;
import dev.galley.spark.plan.TableState;
import dev.galley.spark.run.NamedBatches;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.table.PublishedState;
import java.util.ArrayList;
import java.util.List;

/** Drops a blocked or held run: its branches go, {@code main} was never touched. Again it does nothing more. */
public final class DiscardRun {
    private final Workspace workspace;
    private final RunId id;
    private final Batches batches;

    public DiscardRun(Workspace workspace, RunId id, Batches batches) {
        this.workspace = workspace;
        this.id = id;
        this.batches = batches;
    }

    /** What becomes of the batches that the run took. */
    public enum Batches {
        /** The model was wrong: the next run reads them again. */
        KEPT,
        /** The source was wrong: they and all later ones of the same resources are rejected. */
        REJECTED
    }

    /**
     * What was dropped, or would be.
     *
     * @param rejected the batches that the next ingest fetches again; none where they are kept
     * @param askAgain how to fetch those windows that the cursor does not lead to
     */
    public record Dropped(RunRecord run, List<Batch> rejected, List<NextStep> askAgain) {
        public Dropped {
            rejected = List.copyOf(rejected);
            askAgain = List.copyOf(askAgain);
        }
    }

    /**
     * Tells what would be dropped. Changes nothing.
     *
     * @throws UsageException if the run does not wait for a person, or a later one published its batches
     */
    public Dropped plan() {
        RunRecord run = waiting();
        Landing landing = workspace.landing(run.pipeline());
        List<Batch> rejected = rejecting(run).stream()
                .flatMap(first -> landing.batches(first.resource()).stream()
                        .filter(batch -> batch.id().sequence() >= first.sequence() && !batch.rejected()))
                .toList();
        return dropped(run, rejected);
    }

    /**
     * Drops it.
     *
     * @throws UsageException if the run does not wait for a person, or a later one published its batches
     * @throws dev.galley.catalog.run.LeaseHeldException if another run is at work
     */
    public Dropped execute() {
        RunRecord run = waiting();
        Landing landing = workspace.landing(run.pipeline());
        List<Batch> rejected = new ArrayList<>();
        try (WaitingRun waiting = workspace.runs().resume(id)) {
            List<BatchId> firsts = rejecting(run);
            waiting.discard();
            firsts.forEach(first -> rejected.addAll(landing.reject(first, "discarded with run " + id)));
        }
        return dropped(run, rejected);
    }

    private Dropped dropped(RunRecord run, List<Batch> rejected) {
        return new Dropped(run, rejected, DiscardBatches.askAgain(workspace.landing(run.pipeline()), rejected));
    }

    /** The batches from which on all of their resources are rejected. */
    private List<BatchId> rejecting(RunRecord run) {
        if (batches == Batches.KEPT) {
            return List.of();
        }
        List<RunReport.TakenBatch> taken = run.report().map(RunReport::batches).orElse(List.of());
        requireUnpublished(taken);
        return NamedBatches.firsts(taken.stream()
                .map(batch -> new BatchId(
                        new ResourceId(run.pipeline(), batch.source(), batch.resource()), batch.sequence())));
    }

    /** A later run may have taken the same batches. */
    private void requireUnpublished(List<RunReport.TakenBatch> taken) {
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

    private RunRecord waiting() {
        RunRecord run = workspace.run(id);
        if (run.status() != Status.BLOCKED && run.status() != Status.HELD && run.status() != Status.DISCARDED) {
            throw new UsageException("Cannot discard run " + id + ": it is "
                    + run.status().text() + "; only blocked and held runs can be discarded");
        }
        return run;
    }
}
