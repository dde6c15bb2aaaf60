package dev.galley.spark.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * The files that differ between two snapshots of a table. A data file counts together with the delete files that apply
 * to it, so a row that was deleted shows as a difference whichever way the table deletes.
 *
 * @param added what only the later snapshot has
 * @param removed what only the earlier snapshot has
 * @param exact whether every row in a data file that only the later snapshot has was written as new or changed, which
 *     holds unless a commit between the two carried rows over into new files, as copy-on-write and compaction do
 */
record FileDiff(List<FileScanTask> added, List<FileScanTask> removed, boolean exact) {
    /** Of {@link #added} those whose data file the earlier snapshot lacks. */
    List<FileScanTask> fresh() {
        Set<String> old = removed.stream().map(task -> task.file().location()).collect(Collectors.toSet());
        return added.stream()
                .filter(task -> !old.contains(task.file().location()))
                .toList();
    }

    /**
     * @param from null: before the first snapshot
     * @param to null: before the first snapshot
     * @throws SnapshotGoneException if one of the two does not exist any more
     */
    static FileDiff between(Table table, @Nullable Long from, @Nullable Long to) {
        requireThere(table, from);
        requireThere(table, to);
        if (from == null || to == null) {
            return new FileDiff(files(table, to), files(table, from), true);
        }
        if (from.equals(to)) {
            return new FileDiff(List.of(), List.of(), true);
        }
        if (onlyAppends(table, from, to)) {
            return new FileDiff(appended(table, from, to), List.of(), true);
        }
        boolean exact = carriesNothingOver(table, from, to);
        return ManifestDiff.between(table, table.snapshot(from), table.snapshot(to))
                .map(files -> new FileDiff(files.added(), files.removed(), exact))
                .orElseGet(() -> whole(table, from, to, exact));
    }

    /** Reads all manifests of both. */
    static FileDiff whole(Table table, long from, long to, boolean exact) {
        return new FileDiff(only(table, to, from), only(table, from, to), exact);
    }

    /** Spares reading the manifests of everything that is older. */
    private static boolean onlyAppends(Table table, long from, long to) {
        return between(table, from, to, commit -> DataOperations.APPEND.equals(commit.operation()));
    }

    private static boolean carriesNothingOver(Table table, long from, long to) {
        return between(
                table,
                from,
                to,
                commit -> !DataOperations.REPLACE.equals(commit.operation())
                        && PropertyUtil.propertyAsLong(commit.summary(), SnapshotSummary.DELETED_FILES_PROP, 0) == 0);
    }

    /** Whether one snapshot descends from the other, and all commits on the way pass. */
    private static boolean between(Table table, long from, long to, Predicate<Snapshot> passes) {
        Snapshot snapshot = table.snapshot(to);
        while (snapshot != null && snapshot.snapshotId() != from) {
            if (!passes.test(snapshot)) {
                return false;
            }
            Long parent = snapshot.parentId();
            snapshot = parent == null ? null : table.snapshot(parent);
        }
        return snapshot != null;
    }

    private static List<FileScanTask> appended(Table table, long from, long to) {
        List<FileScanTask> tasks = new ArrayList<>();
        each(
                table.newIncrementalAppendScan()
                        .fromSnapshotExclusive(from)
                        .toSnapshot(to)
                        .planFiles(),
                tasks::add);
        return tasks;
    }

    private static List<FileScanTask> files(Table table, @Nullable Long snapshot) {
        List<FileScanTask> tasks = new ArrayList<>();
        if (snapshot != null) {
            each(table.newScan().useSnapshot(snapshot).planFiles(), tasks::add);
        }
        return tasks;
    }

    private static List<FileScanTask> only(Table table, long in, long notIn) {
        Set<Key> others = new HashSet<>();
        each(table.newScan().useSnapshot(notIn).planFiles(), task -> others.add(Key.of(task)));
        List<FileScanTask> tasks = new ArrayList<>();
        each(table.newScan().useSnapshot(in).planFiles(), task -> {
            if (!others.contains(Key.of(task))) {
                tasks.add(task);
            }
        });
        return tasks;
    }

    private static void each(CloseableIterable<FileScanTask> tasks, Consumer<FileScanTask> action) {
        try (tasks) {
            tasks.forEach(action);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the manifests of a table: " + e.getMessage(), e);
        }
    }

    private static void requireThere(Table table, @Nullable Long snapshot) {
        if (snapshot != null && table.snapshot(snapshot) == null) {
            throw new SnapshotGoneException(table.name(), snapshot);
        }
    }

    /** A file as it is read. */
    record Key(String data, Set<Delete> deletes) {
        static Key of(FileScanTask task) {
            return new Key(
                    task.file().location(),
                    task.deletes().stream()
                            .map(file -> new Delete(file.location(), file.contentOffset()))
                            .collect(Collectors.toSet()));
        }
    }

    /** Several deletion vectors of format v3 share one file. */
    record Delete(String file, @Nullable Long offset) {}
}
