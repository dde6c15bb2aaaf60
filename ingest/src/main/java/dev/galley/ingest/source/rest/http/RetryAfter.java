package dev.galley.ingest.source.rest.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Headers;

/** The header {@code Retry-After} (RFC 9110, 10.2.3). */
final class RetryAfter {
    private RetryAfter() {}

    /**
     * How long to wait: seconds, with a fraction or not, or the time until a date as the source's own {@code Date} header counts it ({@code now} if
     * it sends none). Empty if there is no header that can be read; never negative, never above {@code max}.
     */
    static Optional<Duration> of(Headers headers, Instant now, Duration max) {
        return Optional.ofNullable(headers.get("Retry-After"))
                .map(String::strip)
                .flatMap(text -> text.matches("\\d+(\\.\\d*)?") ? seconds(text, max) : untilDate(text, headers, now))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .map(wait -> wait.compareTo(max) > 0 ? max : wait);
    }

    private static Optional<Duration> seconds(String text, Duration max) {
        BigDecimal millis = new BigDecimal(text).movePointRight(3).setScale(0, RoundingMode.UP);
        boolean beyond = millis.compareTo(BigDecimal.valueOf(max.toMillis())) > 0;
        return Optional.of(beyond ? max : Duration.ofMillis(millis.longValueExact()));
    }

    private static Optional<Duration> untilDate(String text, Headers headers, Instant now) {
        Instant from = Optional.ofNullable(headers.get("Date"))
                .flatMap(RetryAfter::date)
                .orElse(now);
        return date(text).map(at -> Duration.between(from, at));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
