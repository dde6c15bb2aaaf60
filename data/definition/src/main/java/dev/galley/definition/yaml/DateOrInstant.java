package dev.galley.definition.yaml;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** A time as people and cursors write it: an instant of RFC 3339, or a date, which begins at midnight UTC. */
public final class DateOrInstant {
    private static final int LENGTH_OF_DATE = 10;

    private DateOrInstant() {}

    /** Reads {@code 2026-01-31} or {@code 2026-01-31T12:00:00Z}; absent if the text is neither. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(
                    isDate(text)
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a text is to be read as a date: it has no time. */
    public static boolean isDate(String text) {
        return text.length() == LENGTH_OF_DATE;
    }
}
