package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonToken;
import dev.galley.definition.table.ColumnType;
import dev.galley.definition.table.ColumnType.Primitive;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers, {@code true} and {@code false} out of JSON texts that say them as JSON would write them: no blanks, no plus, no
 * leading zeros, not empty.
 *
 * @param decimalMark what stands in place of JSON's decimal point
 */
record TextReader(char decimalMark) {
    private static final int MAX_LENGTH = 1000;

    ValueReader of(ColumnType type) {
        if (type instanceof ColumnType.Decimal exact) {
            DecimalReader decimal = new DecimalReader(exact.precision(), exact.scale());
            return (reading, token) -> {
                String number = number(reading, token);
                return number == null ? null : decimal.inText(reading, token, number);
            };
        } else if (type == Primitive.DOUBLE) {
            return this::float64;
        } else if (type == Primitive.BOOLEAN) {
            return TextReader::bool;
        }
        return type == Primitive.INT
                ? (reading, token) -> int32(reading, integer(reading, token, "an int"))
                : (reading, token) -> integer(reading, token, "a bigint");
    }

    private static @Nullable Object bool(Reading reading, JsonToken token) throws IOException {
        String text = reading.json().getText();
        if (token != JsonToken.VALUE_STRING || !(text.equals("true") || text.equals("false"))) {
            reading.mistyped(token, "\"true\" or \"false\"");
            return null;
        }
        return text.equals("true");
    }

    private @Nullable Object float64(Reading reading, JsonToken token) throws IOException {
        String number = number(reading, token);
        return number == null
                ? null
                : Scalars.float64(reading, token, Double.parseDouble(number), () -> reading.decimal(token, number));
    }

    private static @Nullable Object int32(Reading reading, @Nullable Long value) throws IOException {
        if (value == null) {
            return null;
        }
        if (value != value.intValue()) {
            reading.misfit(Misfit.RANGE, reading.shown(JsonToken.VALUE_STRING) + " is beyond what an int holds");
            return null;
        }
        return value.intValue();
    }

    private @Nullable Long integer(Reading reading, JsonToken token, String holder) throws IOException {
        String number = number(reading, token);
        if (number == null) {
            return null;
        }
        if (number.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            reading.misfit(Misfit.TYPE, reading.shown(token) + " is not an integer");
            return null;
        }
        if (Scalars.isNegativeZero(reading, number.equals("-0"))) {
            return null;
        }
        try {
            return Long.valueOf(number);
        } catch (NumberFormatException e) {
            reading.misfit(Misfit.RANGE, reading.shown(token) + " is beyond what " + holder + " holds");
            return null;
        }
    }

    /** The number in JSON's own way of writing; null, and a misfit is noted, if the text says none. */
    @Nullable String number(Reading reading, JsonToken token) throws IOException {
        String wanted = decimalMark == '.' ? "a number in a text" : "a number in a text, with a decimal comma";
        if (token != JsonToken.VALUE_STRING) {
            reading.mistyped(token, wanted);
            return null;
        }
        String text = reading.json().getText();
        if (text.length() > MAX_LENGTH) {
            reading.misfit(
                    Misfit.LIMIT,
                    reading.shown(token) + " has " + text.length() + " characters, " + MAX_LENGTH + " may be read");
            return null;
        }
        if (!isNumber(text)) {
            reading.misfit(Misfit.TYPE, reading.shown(token) + " is not " + wanted + ", as JSON writes it");
            return null;
        }
        return decimalMark == '.' ? text : text.replace(decimalMark, '.');
    }

    private boolean isNumber(String text) {
        int whole = text.startsWith("-") ? 1 : 0;
        int at = digits(text, whole);
        if (at == whole || (text.charAt(whole) == '0' && at > whole + 1)) {
            return false;
        }
        if (is(text, at, decimalMark)) {
            int fraction = at + 1;
            at = digits(text, fraction);
            if (at == fraction) {
                return false;
            }
        }
        if (is(text, at, 'e') || is(text, at, 'E')) {
            int exponent = is(text, at + 1, '+') || is(text, at + 1, '-') ? at + 2 : at + 1;
            at = digits(text, exponent);
            if (at == exponent) {
                return false;
            }
        }
        return at == text.length();
    }

    private static int digits(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean is(String text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }
}
