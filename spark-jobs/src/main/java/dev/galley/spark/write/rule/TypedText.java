package dev.galley.spark.write.rule;

import dev.galley.spark.sql.Sql;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Values as an author writes them in a check, as SQL literals of a column's type: {@code 7} and {@code 7.00} are one decimal. */
final class TypedText {
    private static final Set<String> TRUE = Set.of("true", "yes");
    private static final Set<String> FALSE = Set.of("false", "no");
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .appendPattern("HH:mm[:ss]")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter LITERAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private TypedText() {}

    /** The literal, exact; empty if {@code text} is no value of {@code type}, or if the type has no single values. */
    static Optional<String> literal(String text, DataType type) {
        try {
            if (type instanceof StringType) {
                return Optional.of(Sql.text(text));
            } else if (type instanceof BooleanType) {
                return bool(text.toLowerCase(Locale.ROOT));
            } else if (type instanceof DoubleType || type instanceof FloatType) {
                return floating(text, type);
            } else if (type instanceof NumericType) {
                return exact(new BigDecimal(text), type);
            } else if (type instanceof DateType) {
                return Optional.of("DATE '" + LocalDate.parse(text) + "'");
            } else if (type instanceof TimestampType) {
                return Optional.of("TIMESTAMP '" + LITERAL.format(time(text, true)) + "+00:00'");
            } else if (type instanceof TimestampNTZType) {
                return Optional.of("TIMESTAMP_NTZ '" + LITERAL.format(time(text, false)) + "'");
            }
            return Optional.empty();
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> bool(String text) {
        return TRUE.contains(text) || FALSE.contains(text)
                ? Optional.of(Boolean.toString(TRUE.contains(text)))
                : Optional.empty();
    }

    private static Optional<String> floating(String text, DataType type) {
        double value = Double.parseDouble(text);
        boolean named = text.endsWith("NaN") || text.endsWith("Infinity");
        return named || (Double.isFinite(value) && !text.matches(".*[dDfF]"))
                ? Optional.of("CAST('" + text.strip() + "' AS " + type.sql() + ")")
                : Optional.empty();
    }

    private static Optional<String> exact(BigDecimal value, DataType type) {
        BigDecimal plain = value.stripTrailingZeros();
        boolean fits = type instanceof DecimalType decimal
                ? plain.scale() <= decimal.scale()
                        && plain.precision() - plain.scale() <= decimal.precision() - decimal.scale()
                : plain.scale() <= 0 && inRange(plain, type);
        return fits ? Optional.of("CAST('" + plain.toPlainString() + "' AS " + type.sql() + ")") : Optional.empty();
    }

    private static boolean inRange(BigDecimal value, DataType type) {
        int bits = type.defaultSize() * 8 - 1;
        BigDecimal end = BigDecimal.valueOf(2).pow(bits);
        return value.compareTo(end) < 0 && value.compareTo(end.negate()) >= 0;
    }

    /** In UTC; a day is its midnight. */
    private static LocalDateTime time(String text, boolean zoned) {
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        TemporalAccessor parsed = TIME.parse(iso);
        LocalTime of = parsed.isSupported(ChronoField.HOUR_OF_DAY) ? LocalTime.from(parsed) : LocalTime.MIDNIGHT;
        LocalDateTime local = LocalDate.from(parsed).atTime(of);
        if (!parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
            return local;
        }
        if (!zoned) {
            throw new DateTimeException("a time without zone has none");
        }
        return local.atOffset(ZoneOffset.from(parsed))
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
    }
}
