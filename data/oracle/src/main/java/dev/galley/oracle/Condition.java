package dev.galley.oracle;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A condition on one row, true, false or, where a value is missing, neither. */
public sealed interface Condition {
    String sql();

    /** Null: neither. */
    @Nullable
    Boolean of(Row row);

    /** A number that is at least a bound. NaN is greater than every number. */
    record AtLeast(String column, int bound) implements Condition {
        @Override
        public String sql() {
            return column + " >= " + bound;
        }

        @Override
        public @Nullable Boolean of(Row row) {
            return row.get(column) instanceof Number n ? number(n) >= bound : null;
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

    private static double number(Number n) {
        double value = n instanceof BigDecimal d ? d.doubleValue() : n.doubleValue();
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }
}
