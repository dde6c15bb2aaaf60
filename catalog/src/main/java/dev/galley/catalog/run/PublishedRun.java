package dev.galley.catalog.run;

import java.time.Instant;
import java.util.List;

/**
 * A publication that happened.
 *
 * @param tables sorted by name
 */
public record PublishedRun(RunId run, String pipeline, Instant at, List<RunTable> tables) {
    public PublishedRun {
        tables = List.copyOf(tables);
    }
}
