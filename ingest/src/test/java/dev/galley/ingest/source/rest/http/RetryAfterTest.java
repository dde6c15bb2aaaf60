package dev.galley.ingest.source.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    @Test
    void aDateIsCountedByTheSourcesOwnClock() {
        Headers headers =
                Headers.of("Date", "Wed, 01 Apr 2020 10:00:00 GMT", "Retry-After", "Wed, 01 Apr 2020 10:00:07 GMT");
        Instant now = Instant.parse("2026-03-01T12:00:00Z");

        assertThat(RetryAfter.of(headers, now, Duration.ofMinutes(1))).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.of(headers, now, Duration.ofSeconds(5))).contains(Duration.ofSeconds(5));
        assertThat(RetryAfter.of(
                        Headers.of("Retry-After", "Sun, 01 Mar 2026 12:00:03 GMT"), now, Duration.ofMinutes(1)))
                .as("without a Date, by ours")
                .contains(Duration.ofSeconds(3));
    }
}
