package dev.galley.spark.view;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.ScanTaskSetManager;
import org.jspecify.annotations.Nullable;

/** File diffs of one run, each computed once and held ready for Spark to scan until {@link #close}. */
final class StagedChanges {
    private final Map<Span, Sides> known = new ConcurrentHashMap<>();

    /** Null stands for the time before the first snapshot. */
    Sides between(Table table, @Nullable Long from, @Nullable Long to) {
        return known.computeIfAbsent(new Span(table.uuid(), from, to), span -> {
            FileDiff diff = FileDiff.between(table, from, to);
            String added = stage(table, diff.added());
            String removed = stage(table, diff.removed());
            boolean compared = !diff.exact() && added != null && removed != null;
            String fresh = compared ? null : removed == null ? added : stage(table, diff.fresh());
            return new Sides(table, added, removed, fresh, compared);
        });
    }

    /** Relations that were made of these changes cannot be executed any more. */
    void close() {
        for (Sides sides : known.values()) {
            unstage(sides.table(), sides.added());
            unstage(sides.table(), sides.removed());
            unstage(sides.table(), sides.fresh());
        }
        known.clear();
    }

    private static @Nullable String stage(Table table, List<FileScanTask> tasks) {
        if (tasks.isEmpty()) {
            return null;
        }
        String id = UUID.randomUUID().toString();
        ScanTaskSetManager.get().stageTasks(table, id, tasks);
        return id;
    }

    private static void unstage(Table table, @Nullable String id) {
        if (id != null) {
            ScanTaskSetManager.get().removeTasks(table, id);
        }
    }

    /**
     * Ids of staged sets of files, each null if there are none.
     *
     * @param added files that only the later snapshot has
     * @param removed files that only the earlier snapshot has
     * @param fresh of the added files those whose rows are all new; none if {@code compared}
     * @param compared whether rows of added and removed files must be compared to tell which are new
     */
    record Sides(
            Table table,
            @Nullable String added,
            @Nullable String removed,
            @Nullable String fresh,
            boolean compared) {}

    private record Span(
            UUID table, @Nullable Long from, @Nullable Long to) {}
}
