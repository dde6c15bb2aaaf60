package dev.galley.spark.action;

import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.definition.Pipeline;
import dev.galley.definition.table.BronzeTable;
import dev.galley.landing.Batch;
import dev.galley.landing.Landing;
import dev.galley.landing.ResourceId;
import dev.galley.spark.run.NamedBatches;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.view.ConsumedOffsets;
import dev.galley.spark.view.SnapshotNotes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/**
 * Deletes the parts of batches that every bronze table of their resource had read in each state that has a name: {@code main} and
 * the tags that retention keeps. A rollback to such a state reads no older batch; one to before the first run does, and says that
 * they are gone. Seals stay, and the newest batch of each resource whole.
 */
public final class ExpireBatches {
    private final Workspace workspace;
    private final Pipeline pipeline;
    private final Landing landing;

    public ExpireBatches(Workspace workspace, Pipeline pipeline) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.landing = workspace.landing(pipeline.name());
    }

    /** The batches that would go, all of them sealed before that time. Changes nothing. */
    public List<Batch> plan(Instant before) {
        Map<ResourceId, Long> read = new TreeMap<>(Comparator.comparing(ResourceId::toString));
        bronze().forEach(table -> read.merge(
                new ResourceId(pipeline.name(), table.source(), table.resource()), readInEachState(table), Math::min));
        List<Batch> expiring = new ArrayList<>();
        read.forEach((resource, through) -> {
            long newest = landing.next(resource).sequence() - 1;
            landing.expirable(resource, Math.min(through, newest - 1)).stream()
                    .filter(batch -> landing.manifest(batch).endedAt().isBefore(before))
                    .forEach(expiring::add);
        });
        return expiring;
    }

    /**
     * Deletes them; what was done when it fails stays done.
     *
     * @return the batches whose parts are gone
     * @throws dev.galley.catalog.run.LeaseHeldException if a run is at work
     */
    public List<Batch> execute(Instant before) {
        try (OpenRun run = workspace.runs().open(pipeline.name(), Kind.MAINTENANCE)) {
            List<Batch> expiring = plan(before);
            expiring.forEach(batch -> landing.expire(batch, "read by every state that is kept"));
            return expiring;
        }
    }

    /** The newest batch that {@code main} and all tags of a table have read; 0 if there is no such. */
    private long readInEachState(BronzeTable table) {
        if (!workspace.catalog().exists(table.name())) {
            return 0;
        }
        Table iceberg = workspace.catalog().load(table.name());
        if (iceberg.currentSnapshot() == null) {
            return 0;
        }
        Predicate<Map.Entry<String, SnapshotRef>> kept =
                ref -> ref.getValue().isTag() || ref.getKey().equals(SnapshotRef.MAIN_BRANCH);
        return iceberg.refs().entrySet().stream()
                .filter(kept)
                .mapToLong(ref -> read(table, iceberg, ref.getKey()))
                .min()
                .orElse(0);
    }

    private long read(BronzeTable table, Table iceberg, String ref) {
        Optional<String> run = ConsumedOffsets.carrier(iceberg, ref)
                .map(snapshot -> iceberg.snapshot(snapshot).summary().get(SnapshotNotes.RUN));
        return new NamedBatches(workspace.runs())
                .of(table, ConsumedOffsets.read(iceberg, ref).upTo(), run)
                .batch(table.source(), table.resource());
    }

    private List<BronzeTable> bronze() {
        return pipeline.tables().stream()
                .filter(BronzeTable.class::isInstance)
                .map(BronzeTable.class::cast)
                .toList();
    }
}
