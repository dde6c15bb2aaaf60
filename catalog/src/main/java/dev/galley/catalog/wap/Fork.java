package dev.galley.catalog.wap;

import dev.galley.definition.table.TableName;
import java.util.OptionalLong;

/**
 * Where a run's audit branch of a table begins.
 *
 * @param forkedAt what {@code main} was; empty if the table was never published
 * @param before the snapshot that holds the rows before the run: {@code forkedAt}, or an empty one on a first load
 */
public record Fork(TableName table, OptionalLong forkedAt, long before) {}
