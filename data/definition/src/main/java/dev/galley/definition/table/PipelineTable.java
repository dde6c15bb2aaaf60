package dev.galley.definition.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One table of a pipeline: one file. */
public sealed interface PipelineTable permits BronzeTable, ModelTable {
    TableName name();

    Optional<String> description();

    /** Iceberg partition terms in Spark's syntax: {@code days(placed_at)}, {@code bucket(16, customer_id)}, a column. */
    List<String> partition();

    List<Check> checks();

    /** When quarantined rows of a run are too many. */
    QuarantineLimits quarantine();

    Path file();

    /** What of the file decides the rows of the table. */
    CanonicalDefinition definition();
}
