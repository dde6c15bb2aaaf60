package dev.galley.catalog.wap;

import dev.galley.definition.table.TableName;
import java.util.OptionalLong;

/**
 * A table that a run did not write, and what it saw of it: its publication names a state of which this is a part. Rows that were
 * moved to other files since are the same rows.
 *
 * @param main the snapshot of {@code main} when the run began; empty if there was none
 */
public record Unmoved(TableName table, OptionalLong main) {}
