package dev.galley.spark.view;

import dev.galley.spark.SparkJobException;

/** What changed since a snapshot cannot be told: the snapshot has expired. Only a full rebuild helps. */
public final class SnapshotGoneException extends SparkJobException {
    private static final long serialVersionUID = 1L;

    SnapshotGoneException(String table, long snapshot) {
        super("Cannot read what changed in " + table + " since snapshot " + snapshot
                + ": the snapshot has expired. Run again with --full-refresh");
    }
}
