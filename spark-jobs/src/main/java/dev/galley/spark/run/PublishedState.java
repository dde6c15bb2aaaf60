package dev.galley.spark.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.spark.branch.Consumed;
import dev.galley.spark.plan.TableState;
import dev.galley.spec.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;

/** How the tables stand on {@code main}, each read once, all at about the same instant. */
final class PublishedState {
    private final Map<TableName, TableState> states = new ConcurrentHashMap<>();

    /** Reads all tables, several at once: each costs a file of the object store. */
    static PublishedState read(GalleyCatalog catalog) {
        PublishedState published = new PublishedState();
        List<Parallel.Task<TableState>> reads = new ArrayList<>();
        for (TableName name : catalog.locations().keySet()) {
            if (!name.namespace().equals("ops")) {
                reads.add(() -> published.states.computeIfAbsent(name, n -> state(catalog.load(n))));
            }
        }
        Parallel.all(reads);
        return published;
    }

    /** The snapshots of {@code main}, of all tables that have one. */
    Map<TableName, Long> pins() {
        Map<TableName, Long> pins = new HashMap<>();
        states.forEach((table, state) -> state.head().ifPresent(head -> pins.put(table, head)));
        return pins;
    }

    Optional<Long> pin(TableName table) {
        return of(table).head().stream().boxed().findFirst();
    }

    TableState of(TableName table) {
        return states.getOrDefault(table, TableState.NEW);
    }

    private static TableState state(org.apache.iceberg.Table table) {
        Snapshot head = table.currentSnapshot();
        if (head == null) {
            return TableState.NEW;
        }
        Set<Long> snapshots = new HashSet<>();
        table.snapshots().forEach(s -> snapshots.add(s.snapshotId()));
        Consumed consumed = Consumed.of(table, SnapshotRef.MAIN_BRANCH);
        return new TableState(
                OptionalLong.of(head.snapshotId()),
                snapshots,
                consumed.upTo(),
                consumed.of("batch").orElse(0L),
                modelOf(table, head));
    }

    /** The model of the newest snapshot that names one; maintenance commits name none. */
    private static Optional<String> modelOf(org.apache.iceberg.Table table, Snapshot head) {
        Snapshot snapshot = head;
        while (snapshot != null) {
            String model = snapshot.summary().get("galley.model");
            if (model != null) {
                return Optional.of(model);
            }
            snapshot = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
        }
        return Optional.empty();
    }
}
