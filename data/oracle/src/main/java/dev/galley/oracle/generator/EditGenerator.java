package dev.galley.oracle.generator;

import dev.galley.oracle.pipeline.Check;
import dev.galley.oracle.pipeline.Column;
import dev.galley.oracle.pipeline.Event;
import dev.galley.oracle.pipeline.Expression;
import dev.galley.oracle.pipeline.Pipeline;
import dev.galley.oracle.pipeline.Select;
import dev.galley.oracle.pipeline.Table;
import dev.galley.oracle.pipeline.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes pipelines as an author does. */
final class EditGenerator {
    private final SeededRandom dice;

    EditGenerator(SeededRandom dice) {
        this.dice = dice;
    }

    Event.Edit edit(Pipeline pipeline) {
        Table.Bronze sales = pipeline.bronzes().findFirst().orElseThrow();
        Table.Model model = pipeline.models().findFirst().orElseThrow();
        boolean rows = model.select() instanceof Select.Rows r && r.exploded().isEmpty();
        return switch (dice.between(0, 8)) {
            case 0 -> new Event.Edit("widen n", pipeline.with(widened(sales)));
            case 1 -> new Event.Edit("a field in the middle of a struct", pipeline.with(nested(sales)));
            case 2 -> new Event.Edit("another partition", pipeline.with(partitioned(model)));
            case 3 -> new Event.Edit("other checks", pipeline.with(checked(model)));
            case 4 ->
                rows
                        ? new Event.Edit("drop a column", pipeline.with(dropped(model)))
                        : new Event.Edit("move columns", pipeline.with(moved(model)));
            case 5 ->
                rows
                        ? new Event.Edit(
                                "new column", pipeline.with(added(sales)).with(added(model)))
                        : new Event.Edit("move columns", pipeline.with(moved(model)));
            case 6 -> new Event.Edit("double amounts", pipeline.with(doubled(model)));
            default -> new Event.Edit("move columns", pipeline.with(moved(model)));
        };
    }

    private static Table.Bronze columns(Table.Bronze bronze, UnaryOperator<Column> change) {
        return bronze.withColumns(bronze.columns().stream().map(change).toList());
    }

    private static Table.Bronze widened(Table.Bronze sales) {
        return columns(sales, c -> c.name().equals("n") ? new Column("n", Type.Scalar.BIGINT, c.required()) : c);
    }

    /** In a struct, and in the structs of a list. */
    private static Table.Bronze nested(Table.Bronze sales) {
        return columns(sales, c -> new Column(c.name(), nested(c.type()), c.required()));
    }

    private static Type nested(Type type) {
        if (type instanceof Type.ListOf list) {
            return new Type.ListOf(nested(list.element()));
        }
        if (type instanceof Type.Struct struct
                && struct.fields().stream().noneMatch(f -> f.name().equals("added"))) {
            List<Column> fields = new ArrayList<>(struct.fields());
            fields.add(1, Column.of("added", Type.Scalar.STRING));
            return new Type.Struct(fields);
        }
        return type;
    }

    private static Table.Bronze added(Table.Bronze sales) {
        List<Column> columns = new ArrayList<>(sales.columns());
        if (columns.stream().noneMatch(c -> c.name().equals("extra"))) {
            columns.add(1, Column.of("extra", Type.Scalar.STRING));
        }
        return sales.withColumns(columns);
    }

    private static Table.Model added(Table.Model model) {
        return items(model, items -> {
            if (items.stream().noneMatch(i -> i.name().equals("extra"))) {
                items.add(1, Select.Item.of("extra"));
            }
            return items;
        });
    }

    /** One that no other table reads. */
    private static Table.Model dropped(Table.Model model) {
        return items(model, items -> {
            items.removeIf(i -> List.of("note", "at", "tags", "ratio").contains(i.name()));
            return items;
        });
    }

    private static Table.Model doubled(Table.Model model) {
        return items(model, items -> {
            items.replaceAll(
                    i -> i.name().equals("amount") ? new Select.Item("amount", new Expression.Times("amount", 2)) : i);
            return items;
        });
    }

    /** Columns, and the fields of a struct that it makes. */
    private static Table.Model moved(Table.Model model) {
        return items(model, items -> {
            Collections.reverse(items);
            items.replaceAll(i -> i.expression() instanceof Expression.Structured s
                    ? new Select.Item(i.name(), new Expression.Structured(reversed(s.items())))
                    : i);
            return items;
        });
    }

    private static <T> List<T> reversed(List<T> some) {
        List<T> reversed = new ArrayList<>(some);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Table.Model items(Table.Model model, UnaryOperator<List<Select.Item>> change) {
        if (!(model.select() instanceof Select.Rows rows)) {
            return model;
        }
        Select changed = new Select.Rows(change.apply(new ArrayList<>(rows.items())), rows.where(), rows.exploded());
        return model.withSelect(changed);
    }

    private Table.Model partitioned(Table.Model model) {
        List<String> other = model.partition().isEmpty() ? List.of("g") : List.of();
        return model.withPartition(other);
    }

    private static Table.Model checked(Table.Model model) {
        boolean keyed = !(model.write() instanceof Table.Replace);
        Optional<Check> first = model.checks().stream().findFirst();
        List<Check> checks = first.isPresent()
                ? model.checks().subList(1, model.checks().size())
                : List.of(new Check("g_there", new Check.NotNull("g"), keyed));
        return model.withChecks(checks);
    }
}
