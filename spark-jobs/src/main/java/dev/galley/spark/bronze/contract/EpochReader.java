package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import dev.galley.definition.table.ValueFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads instants that are counted from 1970-01-01T00:00:00Z, years 0001 to 9999, to the microsecond. */
record EpochReader(ValueFormat.Epoch format) implements ValueReader {
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int MOST_DIGITS = 19;
    private static final TextReader TEXT = new TextReader('.');

    @Override
    public @Nullable Object read(Reading reading, JsonToken token) throws IOException {
        String number;
        if (format.inText()) {
            number = TEXT.number(reading, token);
        } else if (!token.isNumeric()) {
            return reading.mistyped(token, "a number, which counts since 1970");
        } else if (token == JsonToken.VALUE_NUMBER_INT && reading.json().getNumberType() != NumberType.BIG_INTEGER) {
            return whole(reading, token, reading.json().getLongValue());
        } else {
            number = reading.json().getText();
        }
        BigDecimal count = number == null ? null : reading.decimal(token, number);
        return count == null ? null : any(reading, token, count);
    }

    private @Nullable Object whole(Reading reading, JsonToken token, long count) throws IOException {
        if (Scalars.isNegativeZero(reading, count == 0)) {
            return null;
        }
        long seconds = Math.floorDiv(count, (long) format.unitsPerSecond());
        if (seconds < FIRST || seconds > LAST) {
            return outside(reading, token);
        }
        return count * (MICROS_PER_SECOND / format.unitsPerSecond());
    }

    private @Nullable Object any(Reading reading, JsonToken token, BigDecimal count) throws IOException {
        if (Scalars.isNegativeZero(reading, count.signum() == 0)) {
            return null;
        }
        if ((long) count.precision() - count.scale() > MOST_DIGITS) {
            return outside(reading, token);
        }
        BigDecimal micros = count.multiply(BigDecimal.valueOf(MICROS_PER_SECOND / format.unitsPerSecond()))
                .stripTrailingZeros();
        if (micros.scale() > 0) {
            return reading.refused(Misfit.SCALE, token, "is finer than microseconds");
        }
        BigDecimal first = BigDecimal.valueOf(FIRST).movePointRight(6);
        BigDecimal end = BigDecimal.valueOf(LAST + 1).movePointRight(6);
        return micros.compareTo(first) < 0 || micros.compareTo(end) >= 0
                ? outside(reading, token)
                : (Object) micros.longValueExact();
    }

    private static @Nullable Object outside(Reading reading, JsonToken token) throws IOException {
        return reading.refused(Misfit.RANGE, token, "is outside the years 0001 to 9999");
    }
}
