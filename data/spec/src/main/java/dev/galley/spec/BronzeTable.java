package dev.galley.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A landed resource as an append-only table under a contract. */
public record BronzeTable(
        TableName name,
        Optional<String> description,
        String source,
        String resource,
        Contract contract,
        List<String> partition,
        List<Check> checks,
        QuarantineLimits quarantine,
        Path file)
        implements Table {
    public BronzeTable {
        partition = List.copyOf(partition);
        checks = List.copyOf(checks);
    }

    @Override
    public Definition definition() {
        return contract.definition();
    }
}
