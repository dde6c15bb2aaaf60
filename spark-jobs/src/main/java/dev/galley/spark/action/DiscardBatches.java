package dev.galley.spark.action;

import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.definition.Pipeline;
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
import java.util.ArrayList;
import java.util.List;
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
     * Rejects them, also where they are not in the landing any more. Says what was done and what to type next.
     *
     * @param text such as {@code orders/7} or {@code bookstore.orders/3-5}
     * @throws UsageException if it names no resource of the pipeline, or a batch that is published
     * @throws HeldRunException if an audited run waits for a person
     * @throws dev.galley.catalog.run.LeaseHeldException if a run is at work
     */
    public List<String> reject(String text, Later later) {
        BatchRange range = BatchRange.of(text, resources());
        try (OpenRun run = workspace.runs().open(pipeline.name(), Kind.CHANGE)) {
            long published = requireUnpublished(range);
            List<Batch> rejected = later == Later.REJECTED ? rejectLater(range, published) : giveUpSealed(range);
            range.numbers().stream()
                    .map(number -> new BatchId(range.resource(), number))
                    .forEach(batch -> landing.giveUp(batch, "discarded by name"));
            return said(range, rejected, later);
        }
    }

    private List<Batch> rejectLater(BatchRange range, long published) {
        long from = Math.max(range.numbers().first(), published + 1);
        return landing.batches(range.resource()).stream()
                .filter(batch -> batch.id().sequence() >= from && !batch.rejected())
                .findFirst()
                .map(first -> landing.reject(first.id(), "discarded by name"))
                .orElse(List.of());
    }

    private List<Batch> giveUpSealed(BatchRange range) {
        return landing.batches(range.resource()).stream()
                .filter(batch -> range.numbers().contains(batch.id().sequence()) && !batch.rejected())
                .toList();
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

    private List<String> said(BatchRange range, List<Batch> rejected, Later later) {
        List<String> lines = new ArrayList<>();
        String name = pipeline.name();
        if (later == Later.STAYS) {
            lines.add("Gave up " + range.numbers().size() + " batches of " + range.resource()
                    + "; what came later stays.");
            lines.add("Next: bin/galley run " + name);
            return lines;
        }
        lines.add("Rejected " + rejected.size() + " batches of " + range.resource() + " from "
                + range.numbers().first() + " on; the next ingest fetches them again.");
        lines.addAll(windows(landing, name, rejected));
        lines.add("Next: bin/galley ingest " + name + " && bin/galley run " + name);
        return lines;
    }

    /** The commands that ask again for windows that a person had asked for; the cursor does not lead there. */
    static List<String> windows(Landing landing, String pipeline, List<Batch> rejected) {
        return rejected.stream()
                .map(landing::manifest)
                .filter(DiscardBatches::isAskedFor)
                .map(batch -> "Ask again for the window of batch " + batch.sequence() + ": bin/galley ingest "
                        + pipeline
                        + " --resource " + batch.source() + "." + batch.resource() + " --since "
                        + batch.window().from().orElseThrow()
                        + batch.window().to().map(to -> " --until " + to).orElse(""))
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
