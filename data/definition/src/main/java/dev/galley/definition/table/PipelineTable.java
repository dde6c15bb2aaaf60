package dev.galley.definition.table;

import dev.galley.definition.yaml.FileLocation;
import dev.galley.definition.yaml.Problem;
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

    /** Something that is wrong with the file as a whole. */
    default Problem problem(String message) {
        return new Problem(new FileLocation(file(), 1), message);
    }

    /** What of the file decides the rows of the table. */
    CanonicalDefinition definition();
}
