package dev.galley.spark.audit;

import dev.galley.definition.table.PipelineTable;
import dev.galley.spark.write.WriteResult;

/**
 * A table to audit.
 *
 * @param written what its write in this run did
 */
public record Audited(PipelineTable table, WriteResult written) {}
