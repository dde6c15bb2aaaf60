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
        return outcomes(IngestOutcome.Sealed.class);
    }

    public List<IngestOutcome.Failed> failed() {
        return outcomes(IngestOutcome.Failed.class);
    }

    private <T extends IngestOutcome> List<T> outcomes(Class<T> type) {
        return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Records of all batches sealed. */
    public long records() {
        return outcomes.stream().mapToLong(IngestOutcome::records).sum();
    }
}
