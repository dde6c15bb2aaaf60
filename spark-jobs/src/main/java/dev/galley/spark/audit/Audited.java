package dev.galley.spark.audit;

import dev.galley.spark.write.WriteResult;
import dev.galley.spec.Table;

/**
 * A table to audit.
 *
 * @param written what its write in this run did
 */
public record Audited(Table table, WriteResult written) {}
