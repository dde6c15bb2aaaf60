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
            reading.mistyped(token, "a string");
            return null;
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
            reading.mistyped(token, "true or false");
            return null;
        }
        return token == JsonToken.VALUE_TRUE;
    }

    static @Nullable Object int32(Reading reading, JsonToken token) throws IOException {
        if (!isInteger(reading, token)) {
            return null;
        }
        if (reading.json().getNumberType() != NumberType.INT) {
            reading.misfit(Misfit.RANGE, reading.shown(token) + " is beyond what an int holds");
            return null;
        }
        return reading.json().getIntValue();
    }

    static @Nullable Object int64(Reading reading, JsonToken token) throws IOException {
        if (!isInteger(reading, token)) {
            return null;
        }
        if (reading.json().getNumberType() == NumberType.BIG_INTEGER) {
            reading.misfit(Misfit.RANGE, reading.shown(token) + " is beyond what a bigint holds");
            return null;
        }
        return reading.json().getLongValue();
    }

    /** A number of at most 17 digits that the double, rounded to as many, says again. */
    static @Nullable Object float64(Reading reading, JsonToken token) throws IOException {
        if (!token.isNumeric()) {
            reading.mistyped(token, "a number");
            return null;
        }
        double value = reading.json().getDoubleValue();
        boolean surelyExact =
                value != 0 && !Double.isInfinite(value) && reading.json().getTextLength() <= EXACT_DOUBLE_DIGITS;
        return surelyExact ? Double.valueOf(value) : float64(reading, token, value, () -> reading.decimal(token));
    }

    /** A number as it was written. */
    interface Digits {
        @Nullable BigDecimal read() throws IOException;
    }

    /** The double, if it says the number at hand. */
    static @Nullable Object float64(Reading reading, JsonToken token, double value, Digits digits) throws IOException {
        if (Double.isInfinite(value)) {
            reading.misfit(Misfit.RANGE, reading.shown(token) + " is beyond what a double holds");
            return null;
        }
        BigDecimal given = digits.read();
        if (given == null) {
            return null;
        }
        if (!says(value, given)) {
            reading.misfit(Misfit.PRECISION, reading.shown(token) + " is not exact as a double; declare a decimal");
            return null;
        }
        return value;
    }

    static ValueReader date() {
        Rfc3339 rfc = new Rfc3339();
        return (reading, token) -> {
            if (token != JsonToken.VALUE_STRING) {
                reading.mistyped(token, "a date, \"yyyy-MM-dd\"");
                return null;
            }
            JsonParser json = reading.json();
            String problem = rfc.date(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            if (problem != null) {
                reading.misfit(Misfit.TYPE, reading.shown(token) + " " + problem);
                return null;
            }
            return (int) rfc.value();
        };
    }

    /** @param zone of texts that name none; null: such texts are refused */
    static ValueReader timestamp(@Nullable ZoneId zone) {
        Rfc3339 rfc = new Rfc3339(zone);
        return (reading, token) -> {
            if (token != JsonToken.VALUE_STRING) {
                reading.mistyped(token, "a timestamp, \"yyyy-MM-ddTHH:mm:ssZ\"");
                return null;
            }
            JsonParser json = reading.json();
            String problem = rfc.timestamp(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            if (problem != null) {
                reading.misfit(Misfit.TYPE, reading.shown(token) + " " + problem);
                return null;
            }
            if (rfc.finerThanMicros()) {
                reading.misfit(Misfit.SCALE, reading.shown(token) + " is finer than microseconds");
                return null;
            }
            return rfc.value();
        };
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
