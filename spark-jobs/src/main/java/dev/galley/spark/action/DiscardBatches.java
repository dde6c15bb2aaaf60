package dev.galley.spark.action;

import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.definition.Pipeline;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.table.BronzeTable;
import dev.galley.landing.Batch;
import dev.galley.landing.BatchId;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ResourceId;
import dev.galley.spark.plan.LandedSoFar;
import dev.galley.spark.run.NamedBatches;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.table.PublishedState;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;

/** Rejects batches by their names, whatever became of the runs that read them. */
public final class DiscardBatches {
    private final Workspace workspace;
    private final Pipeline pipeline;
    private final Landing landing;

    public DiscardBatches(Workspace workspace, Pipeline pipeline) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.landing = workspace.landing(pipeline.name());
    }

    /** What becomes of the batches that came later. */
    public enum Later {
        /** They are rejected, too: all from the first one on is fetched again. */
        REJECTED,
        /** They stay, and what the batches held is given up. */
        STAYS
    }

    /**
     * What was rejected, or would be.
     *
     * @param named the batches that were named, in the landing or not
     * @param rejected the batches of the landing that no run reads any more; later ones of the resource among them, if they go
     * @param askAgain how to fetch those windows that the cursor does not lead to
     */
    public record Rejected(
            ResourceId resource, SortedSet<Long> named, Later later, List<Batch> rejected, List<NextStep> askAgain) {
        public Rejected {
            rejected = List.copyOf(rejected);
            askAgain = List.copyOf(askAgain);
        }
    }

    /**
     * Tells what would be rejected. Changes nothing.
     *
     * @param text such as {@code orders/7} or {@code bookstore.orders/3-5}
     * @throws UsageException if it names no resource of the pipeline, or a batch that is published
     */
    public Rejected plan(String text, Later later) {
        BatchRange range = BatchRange.of(text, resources());
        return rejected(range, later, concerned(range, later, requireUnpublished(range)));
    }

    /**
     * Rejects them, also where they are not in the landing any more.
     *
     * @param text such as {@code orders/7} or {@code bookstore.orders/3-5}
     * @throws UsageException if it names no resource of the pipeline, or a batch that is published
     * @throws HeldRunException if an audited run waits for a person
     * @throws dev.galley.catalog.run.LeaseHeldException if a run is at work
     */
    public Rejected execute(String text, Later later) {
        BatchRange range = BatchRange.of(text, resources());
        try (OpenRun run = workspace.runs().open(pipeline.name(), Kind.CHANGE)) {
            List<Batch> concerned = concerned(range, later, requireUnpublished(range));
            List<Batch> rejected = later == Later.REJECTED && !concerned.isEmpty()
                    ? landing.reject(concerned.get(0).id(), "discarded by name")
                    : concerned;
            range.numbers().stream()
                    .map(number -> new BatchId(range.resource(), number))
                    .forEach(batch -> landing.giveUp(batch, "discarded by name"));
            return rejected(range, later, rejected);
        }
    }

    /** Those of the landing, oldest first. */
    private List<Batch> concerned(BatchRange range, Later later, long published) {
        long from = Math.max(range.numbers().first(), published + 1);
        return landing.batches(range.resource()).stream()
                .filter(batch -> !batch.rejected())
                .filter(batch -> later == Later.REJECTED
                        ? batch.id().sequence() >= from
                        : range.numbers().contains(batch.id().sequence()))
                .toList();
    }

    private Rejected rejected(BatchRange range, Later later, List<Batch> rejected) {
        List<NextStep> again = later == Later.REJECTED ? askAgain(landing, rejected) : List.of();
        return new Rejected(range.resource(), range.numbers(), later, rejected, again);
    }

    /** The newest batch that a table of the pipeline has published. */
    private long requireUnpublished(BatchRange range) {
        PublishedState state = PublishedState.read(workspace.catalog(), pipeline);
        NamedBatches named = new NamedBatches(workspace.runs());
        List<Batch> there = landing.batches(range.resource());
        long newest = 0;
        for (BronzeTable table : bronze().toList()) {
            LandedSoFar read = named.of(table, state.of(table.name()));
            long last = read.batch(range.resource().source(), range.resource().resource());
            newest = Math.max(newest, last);
            there.stream()
                    .filter(batch -> !batch.rejected() && !batch.expired())
                    .map(batch -> batch.id().sequence())
                    .filter(number -> number <= last && range.numbers().contains(number))
                    .findFirst()
                    .ifPresent(number -> {
                        throw new UsageException("Cannot reject batch " + number + " of " + range.resource()
                                + ": it is published in " + table.name() + "; a rollback takes that back");
                    });
        }
        return newest;
    }

    /** How to ask again for windows that a person had asked for; the cursor does not lead there. */
    static List<NextStep> askAgain(Landing landing, List<Batch> rejected) {
        return rejected.stream()
                .map(landing::manifest)
                .filter(DiscardBatches::isAskedFor)
                .map(batch -> {
                    NextStep window = NextStep.ingest(batch.pipeline())
                            .with("--resource", batch.source() + "." + batch.resource())
                            .with("--since", batch.window().from().orElseThrow().toString());
                    return batch.window()
                            .to()
                            .map(to -> window.with("--until", to.toString()))
                            .orElse(window)
                            .to("Ask again for the window of batch " + batch.sequence());
                })
                .toList();
    }

    /** Only such a batch leaves the cursor where it was. */
    private static boolean isAskedFor(Manifest batch) {
        return batch.window().from().isPresent() && batch.cursorTo().equals(batch.cursorFrom());
    }

    private List<ResourceId> resources() {
        return Stream.concat(
                        landing.batches().stream().map(batch -> batch.id().resource()),
                        bronze().map(table -> new ResourceId(pipeline.name(), table.source(), table.resource())))
                .toList();
    }

    private Stream<BronzeTable> bronze() {
        return pipeline.tables().stream().filter(BronzeTable.class::isInstance).map(BronzeTable.class::cast);
    }
}
