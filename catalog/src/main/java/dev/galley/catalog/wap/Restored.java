package dev.galley.catalog.wap;

import dev.galley.definition.table.TableName;

/** A table whose {@code main} goes back to a snapshot that was published before, wherever {@code main} is now. */
public record Restored(TableName table, long snapshotId) {}
