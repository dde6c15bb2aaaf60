package dev.galley.ingest.source;

import java.time.Instant;
import java.util.List;

/** What one request brought. {@code number} counts from 1. */
public record ReceivedPage(int number, Instant fetchedAt, List<ReceivedRecord> records) {
    public ReceivedPage {
        records = List.copyOf(records);
    }
}
