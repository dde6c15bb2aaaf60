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
        String pipeline, String ingestId, List<IngestOutcome> outcomes, Instant startedAt, Duration took) {
    public IngestSummary {
        outcomes = List.copyOf(outcomes);
    }

    public List<IngestOutcome.Sealed> sealed() {
        return outcomes.stream()
                .filter(IngestOutcome.Sealed.class::isInstance)
                .map(IngestOutcome.Sealed.class::cast)
                .toList();
    }

    public List<IngestOutcome.Failed> failed() {
        return outcomes.stream()
                .filter(IngestOutcome.Failed.class::isInstance)
                .map(IngestOutcome.Failed.class::cast)
                .toList();
    }

    /** Records of all batches sealed. */
    public long records() {
        return outcomes.stream().mapToLong(IngestOutcome::records).sum();
    }
}
