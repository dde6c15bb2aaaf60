package dev.galley.oracle.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pipeline of a few tables.
 *
 * @param tables each after those that it reads and those that judge its rows
 */
public record Pipeline(List<Table> tables) {
    public static final String NAME = "shop";
    public static final String SOURCE = "api";

    public Pipeline {
        tables = List.copyOf(tables);
    }

    public Optional<Table> table(String name) {
        return tables.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    public Stream<Table.Bronze> bronzes() {
        return tables.stream().filter(Table.Bronze.class::isInstance).map(Table.Bronze.class::cast);
    }

    public Stream<Table.Model> models() {
        return tables.stream().filter(Table.Model.class::isInstance).map(Table.Model.class::cast);
    }

    /** With another in place of the table of that name. */
    public Pipeline with(Table table) {
        return new Pipeline(tables.stream()
                .map(t -> t.name().equals(table.name()) ? table : t)
                .toList());
    }

    /** Without a column of a bronze table, nor what reads it by its own name. */
    public Pipeline without(String bronze, String column) {
        return new Pipeline(tables.stream()
                .map(table -> {
                    if (table instanceof Table.Bronze b && b.name().equals(bronze)) {
                        return b.withColumns(b.columns().stream()
                                .filter(c -> !c.name().equals(column))
                                .toList());
                    }
                    return table instanceof Table.Model m
                                    && m.from().equals(bronze)
                                    && m.select() instanceof Select.Rows rows
                            ? m.withSelect(new Select.Rows(
                                    rows.items().stream()
                                            .filter(i -> !i.name().equals(column))
                                            .toList(),
                                    rows.where(),
                                    rows.exploded()))
                            : table;
                })
                .toList());
    }
}
