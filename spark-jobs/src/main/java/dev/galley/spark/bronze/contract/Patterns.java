package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonToken;
import dev.galley.definition.table.TimePattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** Readers of texts after a pattern, years 0001 to 9999. */
final class Patterns {
    private static final int LAST_YEAR = 9999;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private Patterns() {}

    static ValueReader date(TimePattern pattern) {
        return reader(
                "a date",
                pattern,
                text -> pattern.date(text).atStartOfDay(ZoneOffset.UTC).toInstant(),
                at -> (int) LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay());
    }

    static ValueReader timestamp(TimePattern pattern) {
        return reader(
                "a timestamp",
                pattern,
                pattern::instant,
                at -> at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / NANOS_PER_MICRO);
    }

    private static ValueReader reader(
            String kind, TimePattern pattern, Function<String, Instant> parse, Function<Instant, Object> value) {
        return (reading, token) -> {
            if (token != JsonToken.VALUE_STRING) {
                return reading.mistyped(token, kind + ", \"" + pattern + '"');
            }
            try {
                Instant at = parse.apply(reading.json().getText());
                int year = at.atOffset(ZoneOffset.UTC).getYear();
                if (year < 1 || year > LAST_YEAR) {
                    return reading.refused(Misfit.TYPE, token, "is outside the years 0001 to 9999");
                }
                return at.equals(at.truncatedTo(ChronoUnit.MICROS))
                        ? value.apply(at)
                        : reading.refused(Misfit.SCALE, token, "is finer than microseconds");
            } catch (DateTimeException e) {
                // The parser's own message repeats the text; what is wrong with its parts stands in the cause.
                Throwable why = e instanceof DateTimeParseException ? e.getCause() : e;
                String reason = why == null || why.getMessage() == null ? "" : ": " + why.getMessage();
                return reading.refused(Misfit.TYPE, token, "is not " + kind + ", " + pattern + reason);
            }
        };
    }
}
