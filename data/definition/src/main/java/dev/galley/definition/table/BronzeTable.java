package dev.galley.definition.table;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A landed resource as a table under a contract: append-only, or its newest whole list.
 *
 * @param snapshot whether each batch is the whole list, and replaces the one before
 */
public record BronzeTable(
        TableName name,
        Optional<String> description,
        String source,
        String resource,
        boolean snapshot,
        Contract contract,
        List<String> partition,
        List<Check> checks,
        QuarantineLimits quarantine,
        Path file)
        implements PipelineTable {
    public BronzeTable {
        partition = List.copyOf(partition);
        checks = List.copyOf(checks);
    }

    @Override
    public CanonicalDefinition definition() {
        CanonicalDefinition definition = contract.definition();
        return snapshot ? definition.with("snapshot", "true") : definition;
    }
}
