package dev.galley.ingest.land;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Names an ingest: {@code 20261121T113000Z-4f3a9c}, sortable by time. */
final class IngestId {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private IngestId() {}

    static String next(Clock clock) {
        return String.format("%s-%06x", SECOND.format(clock.instant()), new SecureRandom().nextInt(1 << 24));
    }
}
