package dev.galley.spark.write.rule;

import dev.galley.definition.table.CheckRule;
import dev.galley.spark.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * A check of single rows as SQL over the row's columns.
 *
 * @param check the check's name
 * @param offends true for a row that breaks the rule, else false; never null
 * @param detail what is wrong with an offending row, as text; may be null for others
 */
public record RowRule(String check, String offends, String detail) {
    private static final Pattern NUMBER = Pattern.compile("\\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\\s*");

    /**
     * Compiles a rule that {@link RuleTypes} finds nothing wrong with.
     *
     * @param found the column that is true for a row whose partner exists; read for relationships only
     * @param columns of the rows; a column that is not among them is left for Spark to refuse
     */
    public static RowRule of(String check, CheckRule.OfRow rule, String found, StructType columns) {
        if (rule instanceof CheckRule.NotNull r) {
            return notNull(check, r.columns());
        }
        if (rule instanceof CheckRule.AcceptedValues r) {
            return new RowRule(check, unless(accepted(r, columns)), shown(r.column()));
        }
        if (rule instanceof CheckRule.AcceptedRange r) {
            return new RowRule(check, unless(within(r, columns)), shown(r.column()));
        }
        if (rule instanceof CheckRule.Matches r) {
            String fits = "CAST(" + Sql.name(r.column()) + " AS STRING) RLIKE " + Sql.text(r.whole());
            return new RowRule(check, unless(fits), shown(r.column()));
        }
        if (rule instanceof CheckRule.Relationships r) {
            String asked =
                    r.columns().stream().map(c -> Sql.name(c) + " IS NOT NULL").collect(Collectors.joining(" AND "));
            String missing = "concat(" + shown(r.columns()) + ", "
                    + Sql.text(" is not in " + r.to() + "." + String.join(", ", r.toColumns())) + ")";
            return new RowRule(check, "(" + asked + " AND " + Sql.name(found) + " IS NULL)", missing);
        }
        if (rule instanceof CheckRule.Expression r) {
            return new RowRule(
                    check, unless(r.sql()), Sql.text("not true: " + r.sql().strip()));
        }
        throw new IllegalArgumentException("No SQL for rule " + rule);
    }

    /** Adding 0.0 makes one zero of two, for a set of values tells them apart. */
    private static String accepted(CheckRule.AcceptedValues rule, StructType columns) {
        DataType type = RuleTypes.type(columns, rule.column()).orElse(DataTypes.StringType);
        String column = Sql.name(rule.column());
        if (rule.values().isEmpty()) {
            return column + " IS NULL";
        }
        String zero = RuleTypes.isFloating(type) ? " + CAST(0 AS " + type.sql() + ")" : "";
        return rule.values().stream()
                .map(value -> TypedText.literal(value, type).orElseGet(() -> Sql.text(value)) + zero)
                .collect(Collectors.joining(", ", column + zero + " IN (", ")"));
    }

    /** Spark sorts NaN above all numbers, so it would lie in every range without a {@code max}; it lies in none. */
    private static String within(CheckRule.AcceptedRange rule, StructType columns) {
        String column = Sql.name(rule.column());
        Optional<DataType> type = RuleTypes.type(columns, rule.column());
        List<String> demands = new ArrayList<>();
        if (type.filter(RuleTypes::isFloating).isPresent()) {
            demands.add("NOT isnan(" + column + ")");
        }
        rule.min().ifPresent(min -> demands.addAll(beside(column, ">=", min, type)));
        rule.max().ifPresent(max -> demands.addAll(beside(column, "<=", max, type)));
        return demands.isEmpty() ? "true" : String.join(" AND ", demands);
    }

    private static List<String> beside(String column, String compared, String end, Optional<DataType> type) {
        Optional<String> literal = type.filter(t -> !(t instanceof StringType)).flatMap(t -> TypedText.literal(end, t));
        String bound = "(" + literal.orElse(end) + "\n)";
        String demand = column + " " + compared + " " + bound;
        boolean maybeNaN = type.filter(NumericType.class::isInstance).isPresent()
                && !NUMBER.matcher(end).matches();
        return maybeNaN ? List.of(demand, "NOT isnan" + bound) : List.of(demand);
    }

    /** Refuses rows with a null in one of the columns. */
    public static RowRule notNull(String check, List<String> columns) {
        String offends = columns.stream().map(c -> Sql.name(c) + " IS NULL").collect(Collectors.joining(" OR "));
        String which = columns.stream()
                .map(c -> "if(" + Sql.name(c) + " IS NULL, " + Sql.text(c) + ", NULL)")
                .collect(Collectors.joining(", "));
        return new RowRule(check, "(" + offends + ")", "concat(concat_ws(', ', " + which + "), ' is null')");
    }

    private static String unless(String holds) {
        // The line break ends a comment that the rule's text may end with.
        return "NOT coalesce((" + holds + "\n), true)";
    }

    private static String shown(String column) {
        return shown(List.of(column));
    }

    private static String shown(List<String> columns) {
        return columns.stream()
                .map(c -> "concat(" + Sql.text(c + " = ") + ", coalesce(CAST(" + Sql.name(c) + " AS STRING), 'null'))")
                .collect(Collectors.joining(", ', ', ", "concat(", ")"));
    }
}
