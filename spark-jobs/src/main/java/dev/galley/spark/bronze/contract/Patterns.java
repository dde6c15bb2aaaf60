package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonToken;
import dev.galley.definition.table.TimePattern;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Readers of texts after a pattern, years 0001 to 9999. */
final class Patterns {
    private static final int LAST_YEAR = 9999;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private Patterns() {}

    static ValueReader date(TimePattern pattern) {
        return (reading, token) -> {
            if (token != JsonToken.VALUE_STRING) {
                reading.mistyped(token, "a date, \"" + pattern + '"');
                return null;
            }
            try {
                LocalDate day = pattern.date(reading.json().getText());
                return isInRange(reading, token, day) ? (Object) (int) day.toEpochDay() : null;
            } catch (DateTimeException e) {
                return refused(reading, token, "a date, " + pattern, e);
            }
        };
    }

    static ValueReader timestamp(TimePattern pattern) {
        return (reading, token) -> {
            if (token != JsonToken.VALUE_STRING) {
                reading.mistyped(token, "a timestamp, \"" + pattern + '"');
                return null;
            }
            try {
                Instant at = pattern.instant(reading.json().getText());
                if (!isInRange(reading, token, at.atOffset(ZoneOffset.UTC).toLocalDate())) {
                    return null;
                }
                if (at.getNano() % NANOS_PER_MICRO != 0) {
                    reading.misfit(Misfit.SCALE, reading.shown(token) + " is finer than microseconds");
                    return null;
                }
                return at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / NANOS_PER_MICRO;
            } catch (DateTimeException e) {
                return refused(reading, token, "a timestamp, " + pattern, e);
            }
        };
    }

    private static boolean isInRange(Reading reading, JsonToken token, LocalDate day) throws IOException {
        if (day.getYear() >= 1 && day.getYear() <= LAST_YEAR) {
            return true;
        }
        reading.misfit(Misfit.TYPE, reading.shown(token) + " is outside the years 0001 to 9999");
        return false;
    }

    /** The parser's own message repeats the text; what is wrong with its parts stands in the cause. */
    private static @Nullable Object refused(Reading reading, JsonToken token, String wanted, DateTimeException e)
            throws IOException {
        Throwable why = e instanceof DateTimeParseException ? e.getCause() : e;
        String reason = why == null || why.getMessage() == null ? "" : ": " + why.getMessage();
        reading.misfit(Misfit.TYPE, reading.shown(token) + " is not " + wanted + reason);
        return null;
    }
}
