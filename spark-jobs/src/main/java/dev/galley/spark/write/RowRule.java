package dev.galley.spark.write;

import dev.galley.spec.Rule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A check of single rows as SQL over the row's columns.
 *
 * @param check the check's name
 * @param offends true for a row that breaks the rule, else false; never null
 * @param detail what is wrong with an offending row, as text; may be null for others
 */
public record RowRule(String check, String offends, String detail) {
    /**
     * Compiles a rule; {@code found} is the column that is true for a row whose partner exists, and is read for
     * relationships only.
     */
    public static RowRule of(String check, Rule.OfRow rule, String found) {
        if (rule instanceof Rule.NotNull r) {
            return notNull(check, r.columns());
        }
        if (rule instanceof Rule.AcceptedValues r) {
            String column = Sql.name(r.column());
            String in = r.values().stream().map(Sql::text).collect(Collectors.joining(", "));
            String accepted =
                    r.values().isEmpty() ? column + " IS NULL" : "CAST(" + column + " AS STRING) IN (" + in + ")";
            return new RowRule(check, unless(accepted), shown(r.column()));
        }
        if (rule instanceof Rule.AcceptedRange r) {
            String column = Sql.name(r.column());
            String within = Stream.concat(
                            r.min().map(min -> column + " >= (" + min + "\n)").stream(),
                            r.max().map(max -> column + " <= (" + max + "\n)").stream())
                    .collect(Collectors.joining(" AND "));
            return new RowRule(check, within.isEmpty() ? "false" : unless(within), shown(r.column()));
        }
        if (rule instanceof Rule.Matches r) {
            String fits =
                    "CAST(" + Sql.name(r.column()) + " AS STRING) RLIKE " + Sql.text("\\A(?:" + r.pattern() + ")\\z");
            return new RowRule(check, unless(fits), shown(r.column()));
        }
        if (rule instanceof Rule.Relationships r) {
            String asked =
                    r.columns().stream().map(c -> Sql.name(c) + " IS NOT NULL").collect(Collectors.joining(" AND "));
            String missing = "concat(" + shown(r.columns()) + ", "
                    + Sql.text(" is not in " + r.to() + "." + String.join(", ", r.toColumns())) + ")";
            return new RowRule(check, "(" + asked + " AND " + Sql.name(found) + " IS NULL)", missing);
        }
        if (rule instanceof Rule.Expression r) {
            return new RowRule(
                    check, unless(r.sql()), Sql.text("not true: " + r.sql().strip()));
        }
        throw new IllegalArgumentException("No SQL for rule " + rule);
    }

    /** Refuses rows with a null in one of the columns. */
    static RowRule notNull(String check, List<String> columns) {
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
