package dev.galley.spark.view;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.CommitMetadata;

/**
 * What every snapshot that a run commits says about itself.
 *
 * @param run id of the run
 * @param model hash of the model that the rows were computed by
 * @param consumed what the table has consumed once this snapshot is published
 */
public record SnapshotNotes(String run, String model, ConsumedOffsets consumed) {
    /** Names the run that wrote a snapshot. */
    public static final String RUN = "galley.run";
    /** Names the hash of the model that a snapshot was computed by. */
    public static final String MODEL = "galley.model";

    /** Runs {@code action}; each Iceberg snapshot that Spark commits in it on this thread carries the notes. */
    public <T> T on(Supplier<T> action) {
        Callable<T> callable = action::get;
        return CommitMetadata.withCommitProperties(properties(), callable, RuntimeException.class);
    }

    /** Commits a snapshot that changes no rows and carries the notes: for a table that had nothing to write. */
    public Snapshot commit(Table table, String branch) {
        AppendFiles append = table.newAppend().toBranch(branch);
        properties().forEach(append::set);
        append.commit();
        table.refresh();
        return table.snapshot(branch);
    }

    /** Properties of a snapshot that takes all rows away: the table has consumed nothing. */
    public static Map<String, String> ofNothing(String run) {
        return Map.of(RUN, run, ConsumedOffsets.PROPERTY, ConsumedOffsets.NOTHING.toJson());
    }

    /** As properties of a snapshot. */
    public Map<String, String> properties() {
        return Map.of(RUN, run, MODEL, model, ConsumedOffsets.PROPERTY, consumed.toJson());
    }
}
