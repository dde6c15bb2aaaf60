package dev.galley.ingest.land;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an ingest did.
 *
 * @param outcomes one for each resource, in the order declared
 */
public record IngestSummary(
        String pipeline, String ingestId, List<Outcome> outcomes, Instant startedAt, Duration took) {
    public IngestSummary {
        outcomes = List.copyOf(outcomes);
    }

    public List<Outcome.Sealed> sealed() {
        return outcomes.stream()
                .filter(Outcome.Sealed.class::isInstance)
                .map(Outcome.Sealed.class::cast)
                .toList();
    }

    public List<Outcome.Failed> failed() {
        return outcomes.stream()
                .filter(Outcome.Failed.class::isInstance)
                .map(Outcome.Failed.class::cast)
                .toList();
    }

    /** Records of all batches sealed. */
    public long records() {
        return outcomes.stream().mapToLong(Outcome::records).sum();
    }
}
