package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonToken;
import dev.galley.definition.table.ColumnType;
import dev.galley.definition.table.ColumnType.Primitive;
import java.io.IOException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers, {@code true} and {@code false} out of JSON texts that say them as JSON would write them: no blanks, no plus, no
 * leading zeros, not empty.
 *
 * @param decimalMark what stands in place of JSON's decimal point
 */
record TextReader(char decimalMark, Pattern shape) {
    private static final int MAX_LENGTH = 1000;

    TextReader(char decimalMark) {
        this(
                decimalMark,
                Pattern.compile("-?(0|[1-9][0-9]*+)([%c][0-9]++)?([eE][+-]?[0-9]++)?".formatted(decimalMark)));
    }

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
                ? (reading, token) -> integer(reading, token, Integer::valueOf, "an int")
                : (reading, token) -> integer(reading, token, Long::valueOf, "a bigint");
    }

    private static @Nullable Object bool(Reading reading, JsonToken token) throws IOException {
        String text = reading.json().getText();
        if (token != JsonToken.VALUE_STRING || !(text.equals("true") || text.equals("false"))) {
            return reading.mistyped(token, "\"true\" or \"false\"");
        }
        return text.equals("true");
    }

    private @Nullable Object float64(Reading reading, JsonToken token) throws IOException {
        String number = number(reading, token);
        return number == null ? null : Scalars.float64(reading, token, Double.parseDouble(number), number);
    }

    private @Nullable Object integer(Reading reading, JsonToken token, Function<String, Object> value, String holder)
            throws IOException {
        String number = number(reading, token);
        if (number == null) {
            return null;
        }
        if (number.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            return reading.refused(Misfit.TYPE, token, "is not an integer");
        }
        if (Scalars.isNegativeZero(reading, number.equals("-0"))) {
            return null;
        }
        try {
            return value.apply(number);
        } catch (NumberFormatException e) {
            return reading.refused(Misfit.RANGE, token, "is beyond what " + holder + " holds");
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
            reading.refused(
                    Misfit.LIMIT, token, "has " + text.length() + " characters, " + MAX_LENGTH + " may be read");
            return null;
        }
        if (!shape.matcher(text).matches()) {
            reading.refused(Misfit.TYPE, token, "is not " + wanted + ", as JSON writes it");
            return null;
        }
        return decimalMark == '.' ? text : text.replace(decimalMark, '.');
    }
}
