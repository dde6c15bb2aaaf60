package dev.galley.oracle.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SELECT of a model, from one table. */
public sealed interface Select {
    String sql(String from);

    /** The names of its columns, in lower case, in its order. */
    List<String> columns();

    /** One column. */
    record Item(String name, Expression expression) {
        public static Item of(String column) {
            return new Item(column, new Expression.Of(column, column));
        }

        String sql() {
            return expression instanceof Expression.Of of && of.column().equals(name)
                    ? of.sql()
                    : expression.sql() + " AS " + name;
        }
    }

    /**
     * Rows made of rows.
     *
     * @param exploded the list of which each element makes a row; items read it as {@code line}
     */
    record Rows(List<Item> items, Optional<Condition> where, Optional<String> exploded) implements Select {
        public static final String ELEMENT = "line";

        public Rows {
            items = List.copyOf(items);
        }

        @Override
        public List<String> columns() {
            return items.stream().map(Item::name).toList();
        }

        @Override
        public String sql(String from) {
            return "SELECT " + items.stream().map(Item::sql).collect(Collectors.joining(", ")) + "\nFROM " + from
                    + exploded.map(list -> "\nLATERAL VIEW explode(" + list + ") AS " + ELEMENT)
                            .orElse("")
                    + where.map(condition -> "\nWHERE " + condition.sql()).orElse("");
        }
    }

    /** One row per value of {@code by}. */
    record Groups(List<String> by, List<Aggregate> aggregates) implements Select {
        public Groups {
            by = List.copyOf(by);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public List<String> columns() {
            return Stream.concat(by.stream(), aggregates.stream().map(Aggregate::name))
                    .toList();
        }

        @Override
        public String sql(String from) {
            return "SELECT "
                    + Stream.concat(by.stream(), aggregates.stream().map(Aggregate::sql))
                            .collect(Collectors.joining(", "))
                    + "\nFROM " + from + (by.isEmpty() ? "" : "\nGROUP BY " + String.join(", ", by));
        }
    }
}
