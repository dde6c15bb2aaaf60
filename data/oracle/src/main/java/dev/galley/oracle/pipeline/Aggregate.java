package dev.galley.oracle.pipeline;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a group of rows comes to. */
public record Aggregate(Function function, String column, String name) {
    /** Of the values that are there. */
    public enum Function {
        COUNT,
        SUM,
        MIN,
        MAX
    }

    /** All rows. */
    public static Aggregate rows(String name) {
        return new Aggregate(Function.COUNT, "*", name);
    }

    String sql() {
        return function.name().toLowerCase(Locale.ROOT) + "(" + column + ") AS " + name;
    }

    public @Nullable Object of(List<Row> rows) {
        if (column.equals("*")) {
            return (long) rows.size();
        }
        List<Object> values = rows.stream()
                .map(row -> row.get(column))
                .filter(Objects::nonNull)
                .toList();
        Stream<Object> all = values.stream();
        return switch (function) {
            case COUNT -> (long) values.size();
            case SUM -> all.reduce(Aggregate::plus).orElse(null);
            case MIN -> all.min(ValueOrder::compare).orElse(null);
            case MAX -> all.max(ValueOrder::compare).orElse(null);
        };
    }

    private static Object plus(Object a, Object b) {
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.add(y);
        }
        return a instanceof Double || b instanceof Double
                ? ((Number) a).doubleValue() + ((Number) b).doubleValue()
                : (Object) (((Number) a).longValue() + ((Number) b).longValue());
    }
}
