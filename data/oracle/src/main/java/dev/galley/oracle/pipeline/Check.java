package dev.galley.oracle.pipeline;

import java.math.BigDecimal;
import java.util.List;

/** A check of a table's rows; those that offend leave, or the run is blocked. */
public record Check(String name, Rule rule, boolean quarantines) {
    /** What it demands. */
    public sealed interface Rule {}

    /** A value that is there. */
    public record NotNull(String column) implements Rule {}

    /** A number of at least that; NaN is none. */
    public record Least(String column, int min) implements Rule {}

    /** A condition that is not false. */
    public record Holds(Condition condition) implements Rule {}

    /** Values that stand together in a row of that table; a null in any passes. */
    public record Partner(List<String> columns, String table, List<String> partners) implements Rule {
        public Partner {
            columns = List.copyOf(columns);
            partners = List.copyOf(partners);
        }
    }

    /** No two rows agree in all the columns; a null in any passes. Never quarantines. */
    public record Unique(List<String> columns) implements Rule {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /** Whether a row breaks the rule, where {@code partners} is what the other table, or this one, holds. */
    public boolean refuses(Row row, List<Row> partners) {
        if (rule instanceof NotNull r) {
            return row.get(r.column()) == null;
        }
        if (rule instanceof Least r) {
            return row.get(r.column()) instanceof Number n && !atLeast(n, r.min());
        }
        if (rule instanceof Holds r) {
            return Boolean.FALSE.equals(r.condition().of(row));
        }
        if (rule instanceof Partner r) {
            List<?> wanted = row.get(r.columns());
            String key = ValueText.ofKey(wanted);
            return !wanted.contains(null)
                    && partners.stream()
                            .noneMatch(partner ->
                                    ValueText.ofKey(partner.get(r.partners())).equals(key));
        }
        return false;
    }

    private static boolean atLeast(Number n, int min) {
        return n instanceof BigDecimal d ? d.compareTo(BigDecimal.valueOf(min)) >= 0 : n.doubleValue() >= min;
    }
}
