package dev.galley.catalog.run;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A run as the ledger has it.
 *
 * @param kind what it was started for: run, rollback, ...
 * @param endedAt empty while it is {@link Status#RUNNING}
 * @param report JSON text, opaque here
 * @param cleanedAt when its audit branches were gone; empty while some may be left
 */
public record RunRecord(
        RunId id,
        String pipeline,
        String kind,
        Status status,
        Holder holder,
        Instant startedAt,
        Optional<Instant> endedAt,
        OptionalInt exitCode,
        Optional<RunId> supersededBy,
        Optional<Instant> cleanedAt,
        Optional<String> report) {}
