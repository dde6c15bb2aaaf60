package dev.galley.catalog.run;

import dev.galley.definition.table.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Where a run's audit branch of a table begins.
 *
 * @param forkedAt what {@code main} was; null if the table was never published
 * @param before the snapshot that holds the rows before the run: {@code forkedAt}, or an empty one on a first load
 */
public record Fork(TableName table, @Nullable Long forkedAt, long before) {}
