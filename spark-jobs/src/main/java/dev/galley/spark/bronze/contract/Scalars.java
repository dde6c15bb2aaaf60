package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.ZoneId;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The readers of single values. */
final class Scalars {
    private static final int EXACT_DOUBLE_DIGITS = 15;
    private static final int MAX_DOUBLE_DIGITS = 17;

    private Scalars() {}

    static @Nullable Object string(Reading reading, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            return reading.mistyped(token, "a string");
        }
        JsonParser json = reading.json();
        char[] chars = json.getTextCharacters();
        int offset = json.getTextOffset();
        int length = json.getTextLength();
        byte[] ascii = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = chars[offset + i];
            if (c >= 0x80) {
                return notAscii(reading, new String(chars, offset, length));
            }
            ascii[i] = (byte) c;
        }
        return UTF8String.fromBytes(ascii);
    }

    private static @Nullable Object notAscii(Reading reading, String text) {
        if (Reading.hasLoneSurrogate(text)) {
            reading.misfit(Misfit.ENCODING, "holds half of a surrogate pair");
            return null;
        }
        return UTF8String.fromString(text);
    }

    static @Nullable Object bool(Reading reading, JsonToken token) throws IOException {
        if (!token.isBoolean()) {
            return reading.mistyped(token, "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    static @Nullable Object int32(Reading reading, JsonToken token) throws IOException {
        if (!isInteger(reading, token)) {
            return null;
        }
        return reading.json().getNumberType() == NumberType.INT
                ? (Object) reading.json().getIntValue()
                : reading.refused(Misfit.RANGE, token, "is beyond what an int holds");
    }

    static @Nullable Object int64(Reading reading, JsonToken token) throws IOException {
        if (!isInteger(reading, token)) {
            return null;
        }
        return reading.json().getNumberType() == NumberType.BIG_INTEGER
                ? reading.refused(Misfit.RANGE, token, "is beyond what a bigint holds")
                : (Object) reading.json().getLongValue();
    }

    /** A number of at most 17 digits that the double, rounded to as many, says again. */
    static @Nullable Object float64(Reading reading, JsonToken token) throws IOException {
        if (!token.isNumeric()) {
            return reading.mistyped(token, "a number");
        }
        double value = reading.json().getDoubleValue();
        boolean surelyExact =
                value != 0 && !Double.isInfinite(value) && reading.json().getTextLength() <= EXACT_DOUBLE_DIGITS;
        return surelyExact
                ? Double.valueOf(value)
                : float64(reading, token, value, reading.json().getText());
    }

    /** The double, if it says the number that the text at hand says. */
    static @Nullable Object float64(Reading reading, JsonToken token, double value, String number) throws IOException {
        if (Double.isInfinite(value)) {
            return reading.refused(Misfit.RANGE, token, "is beyond what a double holds");
        }
        BigDecimal given = reading.decimal(token, number);
        if (given == null) {
            return null;
        }
        return says(value, given)
                ? Double.valueOf(value)
                : reading.refused(Misfit.PRECISION, token, "is not exact as a double; declare a decimal");
    }

    static ValueReader date() {
        Rfc3339 rfc = new Rfc3339();
        return (reading, token) ->
                reads(reading, token, rfc, rfc::date, "a date, \"yyyy-MM-dd\"") ? (Object) (int) rfc.value() : null;
    }

    /** @param zone of texts that name none; null: such texts are refused */
    static ValueReader timestamp(@Nullable ZoneId zone) {
        Rfc3339 rfc = new Rfc3339(zone);
        return (reading, token) -> reads(reading, token, rfc, rfc::timestamp, "a timestamp, \"yyyy-MM-ddTHH:mm:ssZ\"")
                ? (Object) rfc.value()
                : null;
    }

    /** Reads characters as {@link Rfc3339} does: gives what is wrong with them. */
    private interface Shape {
        @Nullable String problem(char[] chars, int offset, int length);
    }

    private static boolean reads(Reading reading, JsonToken token, Rfc3339 rfc, Shape shape, String wanted)
            throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            reading.mistyped(token, wanted);
            return false;
        }
        JsonParser json = reading.json();
        String problem = shape.problem(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        if (problem != null) {
            reading.refused(Misfit.TYPE, token, problem);
        } else if (rfc.finerThanMicros()) {
            reading.refused(Misfit.SCALE, token, "is finer than microseconds");
        }
        return problem == null && !rfc.finerThanMicros();
    }

    private static boolean isInteger(Reading reading, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            reading.mistyped(token, "an integer");
            return false;
        }
        return !isNegativeZero(
                reading,
                reading.json().getNumberType() == NumberType.INT
                        && reading.json().getIntValue() == 0);
    }

    /** Notes -0, which loses its sign in every type but double. */
    static boolean isNegativeZero(Reading reading, boolean zero) throws IOException {
        JsonParser json = reading.json();
        if (!zero || json.getTextCharacters()[json.getTextOffset()] != '-') {
            return false;
        }
        reading.misfit(Misfit.TYPE, json.getText() + " keeps its sign in a double only");
        return true;
    }

    private static boolean says(double value, BigDecimal given) {
        if (value == 0 || given.signum() == 0) {
            return value == 0 && given.signum() == 0;
        }
        BigDecimal digits = given.stripTrailingZeros();
        BigDecimal apart = new BigDecimal(value).subtract(digits).abs();
        return digits.precision() <= MAX_DOUBLE_DIGITS && apart.add(apart).compareTo(digits.ulp()) <= 0;
    }
}
