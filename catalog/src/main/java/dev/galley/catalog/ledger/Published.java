package dev.galley.catalog.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A publication that happened.
 *
 * @param tables sorted by name
 */
public record Published(RunId run, String pipeline, Instant at, List<RunTable> tables) {
    public Published {
        tables = List.copyOf(tables);
    }
}
