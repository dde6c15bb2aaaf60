package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.stream.LongStream;
import org.apache.spark.sql.types.Decimal;
import org.jspecify.annotations.Nullable;

/** Reads a JSON number as a decimal of the contract's digits and places; trailing zeros may be more, digits may not. */
record DecimalReader(int precision, int scale) implements ValueReader {
    private static final int LONG_DIGITS = 18;
    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(LONG_DIGITS + 1).toArray();

    @Override
    public @Nullable Object read(Reading reading, JsonToken token) throws IOException {
        if (!token.isNumeric()) {
            return reading.mistyped(token, "a number");
        }
        JsonParser json = reading.json();
        Decimal plain = plain(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        return plain != null ? plain : any(reading, token, json.getText());
    }

    /** The value of a number as JSON writes it, which is the text at hand. */
    @Nullable Object inText(Reading reading, JsonToken token, String number) throws IOException {
        Decimal plain = plain(number.toCharArray(), 0, number.length());
        return plain != null ? plain : any(reading, token, number);
    }

    /** The number if it is written without exponent and fits as it stands; null to look closer. */
    private @Nullable Decimal plain(char[] chars, int at, int length) {
        if (precision > LONG_DIGITS || length > LONG_DIGITS) {
            return null;
        }
        int end = at + length;
        boolean negative = chars[at] == '-';
        long unscaled = 0;
        int places = -1;
        for (int i = negative ? at + 1 : at; i < end; i++) {
            int digit = chars[i] - '0';
            if (digit >= 0 && digit <= 9) {
                unscaled = unscaled * 10 + digit;
                places += places < 0 ? 0 : 1;
            } else if (chars[i] == '.') {
                places = 0;
            } else {
                return null;
            }
        }
        places = Math.max(places, 0);
        int zeros = scale - places;
        boolean fits = zeros >= 0 && unscaled < POWERS[precision - zeros];
        if (!fits || (unscaled == 0 && negative)) {
            return null;
        }
        long value = unscaled * POWERS[zeros];
        return Decimal.createUnsafe(negative ? -value : value, precision, scale);
    }

    private @Nullable Object any(Reading reading, JsonToken token, String number) throws IOException {
        BigDecimal given = reading.decimal(token, number);
        if (given == null) {
            return null;
        }
        if (given.signum() == 0) {
            return Scalars.isNegativeZero(reading, true) ? null : decimal(BigDecimal.ZERO);
        }
        if (given.scale() > scale) {
            given = given.stripTrailingZeros();
        }
        if (given.scale() > scale) {
            return reading.refused(
                    Misfit.SCALE,
                    token,
                    "has " + given.scale() + " decimal places, decimal(" + precision + "," + scale + ") keeps "
                            + scale);
        }
        long whole = (long) given.precision() - given.scale();
        if (whole > precision - scale) {
            return reading.refused(
                    Misfit.PRECISION,
                    token,
                    "has " + whole + " digits before the point, decimal(" + precision + "," + scale + ") keeps "
                            + (precision - scale));
        }
        return decimal(given);
    }

    private Decimal decimal(BigDecimal value) {
        return Decimal.apply(value.setScale(scale), precision, scale);
    }
}
