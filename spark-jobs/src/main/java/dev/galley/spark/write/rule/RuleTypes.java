package dev.galley.spark.write.rule;

import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.TableName;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** Whether rules ask of columns what their types can answer, since Spark would cast one side and compare what nobody meant. */
public final class RuleTypes {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}.*", Pattern.DOTALL);

    private RuleTypes() {}

    /**
     * What is wrong with a rule. Columns that are not there are not looked for: Spark names them when it resolves the rule.
     *
     * @param columns of the table judged
     * @param partner tells the columns of another table, which may be read for {@link CheckRule.Relationships} only
     */
    public static Optional<String> problem(
            CheckRule rule, StructType columns, Function<TableName, StructType> partner) {
        if (rule instanceof CheckRule.AcceptedValues r) {
            return type(columns, r.column()).flatMap(type -> ofValues(r, type));
        }
        if (rule instanceof CheckRule.AcceptedRange r) {
            return type(columns, r.column()).flatMap(type -> ofRange(r, type));
        }
        if (rule instanceof CheckRule.Matches r) {
            return type(columns, r.column())
                    .filter(RuleTypes::isNested)
                    .map(type -> "only text can match a pattern, and " + named(r.column(), type));
        }
        if (rule instanceof CheckRule.Relationships r) {
            return ofPartners(r, columns, partner.apply(r.to()));
        }
        return Optional.empty();
    }

    /** The type of a column, its name as Spark matches it: in any case. */
    static Optional<DataType> type(StructType columns, String name) {
        return Arrays.stream(columns.fields())
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst()
                .map(StructField::dataType);
    }

    private static Optional<String> ofValues(CheckRule.AcceptedValues rule, DataType type) {
        return rule.values().stream()
                .filter(value -> TypedText.literal(value, type).isEmpty())
                .findFirst()
                .map(value -> "\"" + value + "\" is no value of " + rule.column() + ", which is " + shown(type));
    }

    private static Optional<String> ofRange(CheckRule.AcceptedRange rule, DataType type) {
        if (isNested(type) || type instanceof BooleanType) {
            return Optional.of("only numbers, text, days and times have a range, and " + named(rule.column(), type));
        }
        return Stream.concat(rule.min().stream(), rule.max().stream())
                .filter(end -> DAY.matcher(end).matches() && !isTime(type))
                .findFirst()
                .map(end -> "the end " + end + " would be arithmetic, and " + named(rule.column(), type)
                        + "; write a value of that type, such as " + example(type));
    }

    private static String example(DataType type) {
        return type instanceof StringType ? "\"'2026-01-01'\"" : "2026";
    }

    private static Optional<String> ofPartners(CheckRule.Relationships rule, StructType mine, StructType theirs) {
        return IntStream.range(
                        0, Math.min(rule.columns().size(), rule.toColumns().size()))
                .mapToObj(i -> pair(rule, i, mine, theirs))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> pair(CheckRule.Relationships rule, int i, StructType mine, StructType theirs) {
        String asked = rule.columns().get(i);
        String known = rule.toColumns().get(i);
        return type(mine, asked)
                .flatMap(a -> type(theirs, known)
                        .filter(b -> !comparable(a, b))
                        .map(b -> named(asked, a) + ", and " + named(rule.to() + "." + known, b)
                                + "; cast one of them in its SELECT"));
    }

    /** Whether equality of the two says that they are the same value. */
    private static boolean comparable(DataType a, DataType b) {
        return kind(a).equals(kind(b)) && !(isExact(a) && isFloating(b)) && !(isExact(b) && isFloating(a));
    }

    /** What an end of a range is compared with: types of one kind. */
    static String kind(DataType type) {
        if (type instanceof NumericType) {
            return "number";
        } else if (type instanceof StringType) {
            return "text";
        }
        return isTime(type) ? "time" : type.sql();
    }

    /** What is wrong with the type of a range's end, known once Spark has resolved it. */
    public static Optional<String> problemOfEnd(
            CheckRule.AcceptedRange rule, String end, DataType ofEnd, StructType columns) {
        return type(columns, rule.column())
                .filter(type -> TypedText.literal(end, type).isEmpty() || type instanceof StringType)
                .filter(type -> !kind(type).equals(kind(ofEnd)))
                .map(type -> "the end " + end + " is " + shown(ofEnd) + ", and " + named(rule.column(), type));
    }

    private static boolean isTime(DataType type) {
        return type instanceof DateType || type instanceof TimestampType || type instanceof TimestampNTZType;
    }

    /** Whether numbers of the type have two zeros and NaN. */
    static boolean isFloating(DataType type) {
        return type instanceof DoubleType || type instanceof FloatType;
    }

    /** Beyond what a double tells apart. */
    private static boolean isExact(DataType type) {
        return type instanceof LongType || type instanceof DecimalType;
    }

    private static boolean isNested(DataType type) {
        return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
    }

    private static String named(String column, DataType type) {
        return column + " is " + shown(type);
    }

    private static String shown(DataType type) {
        String sql = type.sql().toLowerCase(Locale.ROOT);
        return sql.length() <= 60 ? sql : sql.substring(0, 59) + "…";
    }
}
