package dev.galley.oracle.generator;

import dev.galley.oracle.pipeline.Aggregate;
import dev.galley.oracle.pipeline.Check;
import dev.galley.oracle.pipeline.Column;
import dev.galley.oracle.pipeline.Condition;
import dev.galley.oracle.pipeline.Expression;
import dev.galley.oracle.pipeline.KeyedWriteMode;
import dev.galley.oracle.pipeline.Pipeline;
import dev.galley.oracle.pipeline.Select;
import dev.galley.oracle.pipeline.Table;
import dev.galley.oracle.pipeline.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes pipelines of a bronze table {@code sales} and one or two tables after it: sales under keys and their totals, the lines
 * of sales and their totals, sales that must have a shop, sales that must have another sale.
 */
final class PipelineGenerator {
    static final Type MONEY = new Type.Decimal(10, 2);
    static final Type.Struct ADDRESS =
            new Type.Struct(List.of(Column.of("city", Type.Scalar.STRING), Column.of("country", Type.Scalar.STRING)));
    static final Type LINES = new Type.ListOf(new Type.Struct(List.of(
            Column.of("no", Type.Scalar.INT), Column.of("goods", Type.Scalar.STRING), Column.of("price", MONEY))));

    private final SeededRandom dice;
    private final boolean capitals;
    private final boolean texts;

    /** @param texts whether versions may be text */
    PipelineGenerator(SeededRandom dice, boolean texts) {
        this.dice = dice;
        this.texts = texts;
        this.capitals = dice.oneIn(8);
    }

    Pipeline pipeline() {
        return switch (dice.between(0, 8)) {
            case 0 -> lines(true);
            case 1 -> lines(false);
            case 2 -> shops();
            case 3 -> related();
            default -> totals();
        };
    }

    /** Keys go: versions say so, or a list that is whole does not name them any more. */
    Pipeline losing() {
        boolean snapshot = dice.oneIn(2);
        List<Column> columns = new ArrayList<>(List.of(
                Column.of("k", Type.Scalar.STRING),
                Column.of("g", Type.Scalar.STRING),
                Column.of("amount", MONEY),
                Column.of("n", Type.Scalar.INT)));
        List<Select.Item> items = new ArrayList<>(
                columns.stream().map(c -> Select.Item.of(c.name())).toList());
        if (snapshot) {
            items.add(new Select.Item("v", new Expression.Of("_batch", "_batch")));
        } else {
            for (String column : List.of("v", "op")) {
                columns.add(Column.of(column, column.equals("v") ? Type.Scalar.INT : Type.Scalar.STRING));
                items.add(Select.Item.of(column));
            }
        }
        boolean soft = dice.oneIn(3);
        Table.Bronze sales = new Table.Bronze("sales", columns, List.of(), snapshot);
        KeyedWriteMode write = new KeyedWriteMode(
                false,
                List.of("k"),
                "v",
                List.of(),
                snapshot ? Optional.empty() : Optional.of(new Condition.Is("op", "delete")),
                soft);
        List<Check> checks =
                dice.oneIn(3) ? List.of(new Check("n_positive", new Check.Least("n", 0), true)) : List.of();
        Select select = new Select.Rows(items, Optional.empty(), Optional.empty());
        Table.Model silver = model("silver.sales", sales.name(), select, write).withChecks(checks);
        return new Pipeline(soft ? List.of(sales, silver) : List.of(sales, silver, gold(silver, "g", "amount", "n")));
    }

    private Pipeline totals() {
        Table.Bronze sales = sales(false);
        Table.Model silver = silver(sales, checks(sales));
        return new Pipeline(List.of(sales, silver, gold(silver, "g", "amount", "n")));
    }

    /** Lines come from sales under keys, or from every record. */
    private Pipeline lines(boolean keyed) {
        Table.Bronze sales = sales(true);
        List<Table> tables = new ArrayList<>(List.of(sales));
        String from = sales.name();
        if (keyed) {
            List<Select.Item> items =
                    List.of(Select.Item.of("k"), Select.Item.of("v"), Select.Item.of("g"), Select.Item.of("lines"));
            Table.Model silver = model(
                    "silver.sales",
                    from,
                    new Select.Rows(items, Optional.empty(), Optional.empty()),
                    KeyedWriteMode.merge(List.of()));
            tables.add(silver);
            from = silver.name();
        }
        List<Select.Item> items = new ArrayList<>(List.of(
                named("k"),
                named("v"),
                Select.Item.of("g"),
                new Select.Item("no", new Expression.Field("line", "no")),
                new Select.Item("goods", new Expression.Field("line", "goods")),
                new Select.Item("price", new Expression.Field("line", "price"))));
        shuffle(items);
        Table.Model lines = new Table.Model(
                "silver.lines",
                from,
                new Select.Rows(
                        items,
                        dice.oneIn(4) ? Optional.of(new Condition.AtLeast("line.no", 1)) : Optional.empty(),
                        Optional.of("lines")),
                KeyedWriteMode.replaceGroups(),
                Table.Incremental.NEW_ROWS,
                dice.oneIn(3) ? List.of("g") : List.of(),
                dice.oneIn(3) ? List.of(new Check("price_positive", new Check.Least("price", 0), true)) : List.of());
        tables.add(lines);
        if (!keyed) {
            tables.add(gold(lines, "g", "price", "no"));
        }
        return new Pipeline(tables);
    }

    private Pipeline shops() {
        Table.Bronze sales = sales(false);
        Table.Bronze shops =
                new Table.Bronze("shops", List.of(Column.of("shop", Type.Scalar.STRING)), List.of(), false);
        Check known =
                new Check("shop_known", new Check.Partner(List.of("g"), shops.name(), List.of("shop")), !dice.oneIn(5));
        return new Pipeline(List.of(sales, shops, silver(sales, List.of(known))));
    }

    private Pipeline related() {
        Table.Bronze sales = sales(false);
        Check known = new Check("first_known", new Check.Partner(List.of("g"), "silver.sales", List.of("k")), true);
        Table.Model silver = model("silver.sales", sales.name(), projection(sales), KeyedWriteMode.merge(List.of()));
        return new Pipeline(List.of(sales, silver.withChecks(List.of(known))));
    }

    private static Table.Model model(String name, String from, Select select, Table.Write write) {
        return new Table.Model(name, from, select, write, Table.Incremental.NEW_ROWS, List.of(), List.of());
    }

    private Table.Bronze sales(boolean lines) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("k", Type.Scalar.STRING, dice.oneIn(2)));
        Type version = dice.of(
                Type.Scalar.INT, Type.Scalar.INT, Type.Scalar.BIGINT, Type.Scalar.TIMESTAMP, Type.Scalar.DATE, MONEY);
        columns.add(new Column("v", texts && dice.oneIn(2) ? Type.Scalar.STRING : version, dice.oneIn(2)));
        columns.add(Column.of("g", Type.Scalar.STRING));
        if (lines) {
            columns.add(Column.of("lines", LINES));
        } else {
            columns.add(Column.of("amount", MONEY));
            columns.add(Column.of("n", Type.Scalar.INT));
            columns.add(Column.of("day", Type.Scalar.DATE));
            List<Column> more = new ArrayList<>(List.of(
                    Column.of("note", Type.Scalar.STRING),
                    Column.of("raw", Type.Scalar.STRING),
                    Column.of("ratio", Type.Scalar.DOUBLE),
                    Column.of("at", Type.Scalar.TIMESTAMP),
                    Column.of("address", ADDRESS),
                    Column.of("days", new Type.ListOf(Type.Scalar.DATE))));
            shuffle(more);
            if (dice.oneIn(8)) {
                more.add(0, Column.of("tags", new Type.MapOf(Type.Scalar.STRING)));
            }
            columns.addAll(more.subList(0, dice.between(1, 5)));
        }
        return new Table.Bronze("sales", columns, List.of(), false);
    }

    private Table.Model silver(Table.Bronze sales, List<Check> checks) {
        Table.Write write;
        Table.Incremental incremental = Table.Incremental.NEW_ROWS;
        List<String> partition = new ArrayList<>(
                List.of(List.<String>of(), List.of("g"), List.of("months(day)")).get(dice.between(0, 3)));
        if (dice.oneIn(6)) {
            write = new Table.Append();
        } else if (dice.oneIn(8)) {
            write = new Table.Replace();
            incremental = Table.Incremental.WHOLE;
        } else {
            boolean immutable = partition.contains("months(day)") && dice.oneIn(2);
            write = KeyedWriteMode.merge(immutable ? List.of("day") : List.of());
            incremental = dice.oneIn(6) ? Table.Incremental.WHOLE : incremental;
        }
        boolean quarantines = !(write instanceof Table.Replace);
        List<Check> fitting = checks.stream()
                .map(c -> new Check(c.name(), c.rule(), c.quarantines() && quarantines))
                .toList();
        return new Table.Model("silver.sales", sales.name(), projection(sales), write, incremental, partition, fitting);
    }

    private Select.Rows projection(Table.Bronze sales) {
        List<Select.Item> items = new ArrayList<>();
        for (Column column : sales.columns()) {
            if (column.name().equals("address") && !dice.oneIn(3)) {
                items.add(new Select.Item("address", structured(List.of("city", "country"))));
            } else if (column.name().equals("raw")) {
                items.add(new Select.Item("raw", new Expression.Parsed("raw")));
            } else {
                items.add(named(column.name()));
            }
        }
        shuffle(items);
        Condition where = dice.of(new Condition.AtLeast("n", 0), new Condition.There("amount"));
        return new Select.Rows(items, dice.oneIn(5) ? Optional.of(where) : Optional.empty(), Optional.empty());
    }

    static Expression structured(List<String> fields) {
        return new Expression.Structured(fields.stream()
                .map(f -> new Select.Item(f, new Expression.Field("address", f)))
                .toList());
    }

    /** Now and then in capitals: names do not depend on case. */
    private Select.Item named(String column) {
        return new Select.Item(
                column,
                new Expression.Of(column, capitals && dice.oneIn(3) ? column.toUpperCase(Locale.ROOT) : column));
    }

    private List<Check> checks(Table.Bronze sales) {
        List<Check> checks = new ArrayList<>();
        if (dice.oneIn(3)) {
            checks.add(new Check("g_there", new Check.NotNull("g"), !dice.oneIn(5)));
        }
        if (dice.oneIn(3)) {
            checks.add(new Check("n_positive", new Check.Least("n", 0), !dice.oneIn(5)));
        }
        if (sales.columns().stream().anyMatch(c -> c.name().equals("raw"))) {
            checks.add(new Check("raw_positive", new Check.Least("raw", 0), true));
        }
        if (dice.oneIn(4)) {
            checks.add(new Check("n_small", new Check.Holds(new Condition.Below("n", 9)), !dice.oneIn(3)));
        }
        if (dice.oneIn(8)) {
            checks.add(new Check("g_once", new Check.Unique(List.of("g", "n")), false));
        }
        return checks;
    }

    private Table.Model gold(Table.Model silver, String by, String money, String number) {
        int kind = dice.between(0, 3);
        List<Aggregate> aggregates = List.of(
                Aggregate.rows("c"),
                new Aggregate(Aggregate.Function.COUNT, money, "known"),
                new Aggregate(Aggregate.Function.SUM, money, "s"),
                new Aggregate(Aggregate.Function.MIN, number, "least"),
                new Aggregate(Aggregate.Function.MAX, number, "most"));
        boolean total = kind == 0 && dice.oneIn(3);
        return new Table.Model(
                "gold.totals",
                silver.name(),
                new Select.Groups(total ? List.of() : List.of(by), aggregates),
                kind == 0 ? new Table.Replace() : new Table.ReplacePartitions(),
                kind == 2 ? Table.Incremental.AFFECTED : Table.Incremental.WHOLE,
                kind == 0 ? List.of() : List.of(by),
                List.of());
    }

    private <T> void shuffle(List<T> some) {
        for (int i = some.size() - 1; i > 0; i--) {
            Collections.swap(some, i, dice.between(0, i + 1));
        }
    }
}
