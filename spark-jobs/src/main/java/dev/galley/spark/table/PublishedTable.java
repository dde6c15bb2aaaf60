package dev.galley.spark.table;

import dev.galley.spark.definition.PartitionTerms;
import dev.galley.spark.plan.LandedSoFar;
import dev.galley.spark.plan.TableState;
import dev.galley.spark.view.ConsumedOffsets;
import dev.galley.spark.view.SnapshotNotes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.PropertyUtil;

/** What the metadata of one table says about how it stands on {@code main}. */
public final class PublishedTable {
    private final Table table;
    private final Snapshot head;

    private PublishedTable(Table table, Snapshot head) {
        this.table = table;
        this.head = head;
    }

    /** {@link TableState#NEW} of a table without {@code main}. */
    public static TableState state(Table table) {
        Snapshot head = table.currentSnapshot();
        return head == null ? TableState.NEW : new PublishedTable(table, head).state();
    }

    private TableState state() {
        Set<Long> snapshots = new HashSet<>();
        table.snapshots().forEach(s -> snapshots.add(s.snapshotId()));
        Map<String, Long> consumed =
                ConsumedOffsets.read(table, SnapshotRef.MAIN_BRANCH).upTo();
        // Bronze is append-only: rows that somebody takes out of it were received all the same.
        boolean bronze = LandedSoFar.isOf(consumed);
        Set<Long> byRuns = new HashSet<>();
        Optional<Snapshot> foreign = walk(snapshot -> changesRows(snapshot, bronze), byRuns);
        Optional<Snapshot> carrier =
                ConsumedOffsets.carrier(table, SnapshotRef.MAIN_BRANCH).map(table::snapshot);
        Optional<Snapshot> written =
                walk(snapshot -> snapshot.summary().containsKey(SnapshotNotes.MODEL), new HashSet<>());
        return new TableState(
                OptionalLong.of(head.snapshotId()),
                snapshots,
                // Where the way back has expired, nothing shows that others changed rows on it.
                foreign.isPresent() || reachesStart(byRuns) ? byRuns : snapshots,
                foreign.map(snapshot -> OptionalLong.of(snapshot.snapshotId())).orElse(OptionalLong.empty()),
                consumed,
                ConsumedOffsets.isForgotten(table, SnapshotRef.MAIN_BRANCH),
                carrier.map(snapshot -> snapshot.summary().get(SnapshotNotes.RUN)),
                written.map(snapshot -> snapshot.summary().get(SnapshotNotes.MODEL)),
                PartitionTerms.of(oldestSpec(), table.schema()),
                written.map(this::drift).orElse(TableState.Drift.NONE));
    }

    /** The newest snapshot of {@code main} that passes; all up to it, itself included, go into {@code seen}. */
    private Optional<Snapshot> walk(Predicate<Snapshot> passes, Set<Long> seen) {
        Snapshot snapshot = head;
        while (snapshot != null) {
            seen.add(snapshot.snapshotId());
            if (passes.test(snapshot)) {
                return Optional.of(snapshot);
            }
            snapshot = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
        }
        return Optional.empty();
    }

    private boolean reachesStart(Set<Long> ancestors) {
        return ancestors.stream()
                .map(table::snapshot)
                .anyMatch(snapshot -> snapshot != null && snapshot.parentId() == null);
    }

    /** Rows that others add are told by their files; compaction changes none. */
    private static boolean changesRows(Snapshot snapshot, boolean bronze) {
        boolean rewrites = DataOperations.OVERWRITE.equals(snapshot.operation())
                || DataOperations.DELETE.equals(snapshot.operation());
        return rewrites && !snapshot.summary().containsKey(SnapshotNotes.RUN) && !(bronze && onlyRemoves(snapshot));
    }

    private static boolean onlyRemoves(Snapshot snapshot) {
        long removed = count(snapshot, SnapshotSummary.DELETED_RECORDS_PROP)
                + count(snapshot, SnapshotSummary.ADDED_POS_DELETES_PROP);
        return count(snapshot, SnapshotSummary.ADDED_RECORDS_PROP) < removed
                || DataOperations.DELETE.equals(snapshot.operation());
    }

    private static long count(Snapshot snapshot, String property) {
        return PropertyUtil.propertyAsLong(snapshot.summary(), property, 0);
    }

    /** Of a file that readers see: the table's, unless files are left that were written before that changed. */
    private PartitionSpec oldestSpec() {
        if (table.specs().size() == 1) {
            return table.spec();
        }
        return head.dataManifests(table.io()).stream()
                .filter(manifest -> manifest.hasAddedFiles() || manifest.hasExistingFiles())
                .map(ManifestFile::partitionSpecId)
                .filter(id -> id != table.spec().specId())
                .findFirst()
                .map(id -> table.specs().get(id))
                .orElse(table.spec());
    }

    private TableState.Drift drift(Snapshot written) {
        Integer id = written.schemaId();
        Schema then = id == null ? null : table.schemas().get(id);
        Schema now = table.schema();
        if (then == null || then.schemaId() == now.schemaId()) {
            return TableState.Drift.NONE;
        }
        List<String> missing = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        for (Types.NestedField field : TypeUtil.indexById(then.asStruct()).values()) {
            String name = then.findColumnName(field.fieldId());
            if (now.findField(name) == null) {
                missing.add(name);
            }
            if (!name.equals(now.findColumnName(field.fieldId()))) {
                lost.add(name);
            }
        }
        List<String> added = TypeUtil.indexById(now.asStruct()).values().stream()
                .map(field -> now.findColumnName(field.fieldId()))
                .filter(name -> then.findField(name) == null)
                .toList();
        return new TableState.Drift(missing, lost, added);
    }
}
