package dev.galley.oracle.pipeline;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an item of a SELECT computes from one row. */
public sealed interface Expression {
    String sql();

    @Nullable Object of(Row row);

    /** A column, written as given: names do not depend on case. */
    record Of(String column, String written) implements Expression {
        @Override
        public String sql() {
            return written;
        }

        @Override
        public @Nullable Object of(Row row) {
            return row.get(column);
        }
    }

    /** A field of a struct. */
    record Field(String struct, String field) implements Expression {
        @Override
        public String sql() {
            return struct + "." + field;
        }

        @Override
        public @Nullable Object of(Row row) {
            return row.get(struct) instanceof Row inner ? inner.get(field) : null;
        }
    }

    /** A struct made of items, in their order. */
    record Structured(List<Select.Item> items) implements Expression {
        public Structured {
            items = List.copyOf(items);
        }

        @Override
        public String sql() {
            return items.stream()
                    .map(i -> "'" + i.name() + "', " + i.expression().sql())
                    .collect(Collectors.joining(", ", "named_struct(", ")"));
        }

        @Override
        public Object of(Row row) {
            Row made = Row.of(Map.of());
            for (Select.Item item : items) {
                made = made.with(item.name(), item.expression().of(row));
            }
            return made;
        }
    }

    /** ValueText of a double: also NaN, -0.0 and the infinities, which no JSON number says; null if it is none. */
    record Parsed(String column) implements Expression {
        @Override
        public String sql() {
            return "try_cast(" + column + " AS DOUBLE)";
        }

        @Override
        public @Nullable Object of(Row row) {
            Object text = row.get(column);
            try {
                return text == null ? null : Double.valueOf(text.toString());
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    /** A decimal(10,2) times a whole number. */
    record Times(String column, int factor) implements Expression {
        @Override
        public String sql() {
            return "CAST(" + column + " * " + factor + " AS DECIMAL(10,2))";
        }

        @Override
        public @Nullable Object of(Row row) {
            return row.get(column) instanceof BigDecimal d ? d.multiply(BigDecimal.valueOf(factor)) : null;
        }
    }
}
