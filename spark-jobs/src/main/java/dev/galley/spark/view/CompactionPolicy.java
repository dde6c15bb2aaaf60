package dev.galley.spark.view;

import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * When to put small files together. Most changes of a table only add files, which every reader has to open; so now and then
 * one rewrites the files of the partitions it touches.
 */
final class CompactionPolicy {
    /** StagedChanges that only added files, between two rewrites. */
    private static final int APART = 8;

    private CompactionPolicy() {}

    /** Whether the next change of {@code main} should be a rewrite. */
    static boolean due(Table table) {
        int added = 0;
        Snapshot main = table.currentSnapshot();
        if (main == null) {
            return false;
        }
        for (Snapshot snapshot : SnapshotUtil.ancestorsOf(main.snapshotId(), table::snapshot)) {
            if (counted(snapshot, SnapshotSummary.DELETED_FILES_PROP) > 0 || added == APART) {
                break;
            }
            if (counted(snapshot, SnapshotSummary.ADDED_FILES_PROP) > 0) {
                added++;
            }
        }
        return added == APART;
    }

    private static int counted(Snapshot snapshot, String property) {
        Map<String, String> summary = snapshot.summary();
        return PropertyUtil.propertyAsInt(summary, property, 0);
    }
}
