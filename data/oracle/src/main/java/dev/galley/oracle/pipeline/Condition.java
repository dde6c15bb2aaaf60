package dev.galley.oracle.pipeline;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A condition on one row, true, false or, where a value is missing, neither. */
public sealed interface Condition {
    String sql();

    /** Null: neither. */
    @Nullable Boolean of(Row row);

    /** A number that is at least a bound. NaN is greater than every number. */
    record AtLeast(String column, int bound) implements Condition {
        @Override
        public String sql() {
            return column + " >= " + bound;
        }

        @Override
        public @Nullable Boolean of(Row row) {
            return value(row, column) instanceof Number n ? number(n) >= bound : null;
        }
    }

    /** A number that is less than a bound. */
    record Below(String column, int bound) implements Condition {
        @Override
        public String sql() {
            return column + " < " + bound;
        }

        @Override
        public @Nullable Boolean of(Row row) {
            return value(row, column) instanceof Number n ? number(n) < bound : null;
        }
    }

    /** A text. */
    record Is(String column, String text) implements Condition {
        @Override
        public String sql() {
            return column + " = '" + text + "'";
        }

        @Override
        public @Nullable Boolean of(Row row) {
            Object value = row.get(column);
            return value == null ? null : text.equals(value);
        }
    }

    /** A value that is there. */
    record There(String column) implements Condition {
        @Override
        public String sql() {
            return column + " IS NOT NULL";
        }

        @Override
        public Boolean of(Row row) {
            return row.get(column) != null;
        }
    }

    /** Of a column, or of a field of a struct. */
    private static @Nullable Object value(Row row, String column) {
        int dot = column.indexOf('.');
        Object outer = row.get(dot < 0 ? column : column.substring(0, dot));
        return dot < 0 ? outer : outer instanceof Row inner ? inner.get(column.substring(dot + 1)) : null;
    }

    private static double number(Number n) {
        double value = n instanceof BigDecimal d ? d.doubleValue() : n.doubleValue();
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }
}
