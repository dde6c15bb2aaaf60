package dev.galley.ingest.land;

import dev.galley.definition.failure.UsageException;
import java.time.Instant;
import java.util.Optional;

/** A window to fetch again, whatever the cursors say; they stay where they are. Without {@code until} it reaches to now. */
public record Backfill(Instant since, Optional<Instant> until) {
    public Backfill {
        if (until.isPresent() && !until.orElseThrow().isAfter(since)) {
            throw new UsageException("Cannot fetch from " + since + " until " + until.orElseThrow()
                    + ": the end is not after the beginning");
        }
    }
}
