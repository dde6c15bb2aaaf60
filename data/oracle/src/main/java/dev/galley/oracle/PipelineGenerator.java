package dev.galley.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes pipelines. */
final class PipelineGenerator {
    private static final Type MONEY = new Type.Decimal(10, 2);

    private final Dice dice;

    PipelineGenerator(Dice dice) {
        this.dice = dice;
    }

    Pipeline pipeline() {
        Table.Bronze sales = sales();
        Table.Model silver = silver(sales);
        List<Table> tables = new ArrayList<>(List.of(sales, silver));
        tables.add(gold(silver));
        return new Pipeline(tables);
    }

    private Table.Bronze sales() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("k", Type.Scalar.STRING, dice.oneIn(2)));
        columns.add(new Column("v", Type.Scalar.INT, dice.oneIn(2)));
        columns.add(Column.of("g", Type.Scalar.STRING));
        columns.add(Column.of("amount", MONEY));
        columns.add(Column.of("n", Type.Scalar.INT));
        return new Table.Bronze("sales", columns, List.of());
    }

    private Table.Model silver(Table.Bronze sales) {
        List<Select.Item> items =
                sales.columns().stream().map(c -> Select.Item.of(c.name())).toList();
        return new Table.Model(
                "silver.sales",
                sales.name(),
                new Select.Rows(items, Optional.empty(), Optional.empty()),
                new Table.Write.Merge(List.of("k"), "v", List.of()),
                Table.Incremental.NEW_ROWS,
                List.of(),
                checks());
    }

    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        if (dice.oneIn(2)) {
            checks.add(new Check("g_there", new Check.NotNull("g"), !dice.oneIn(4)));
        }
        if (dice.oneIn(2)) {
            checks.add(new Check("n_positive", new Check.Least("n", 0), !dice.oneIn(4)));
        }
        return checks;
    }

    private Table.Model gold(Table.Model silver) {
        boolean affected = dice.oneIn(2);
        return new Table.Model(
                "gold.totals",
                silver.name(),
                new Select.Groups(
                        List.of("g"),
                        List.of(
                                Aggregate.rows("c"),
                                new Aggregate(Aggregate.Function.SUM, "amount", "s"),
                                new Aggregate(Aggregate.Function.MIN, "n", "least"),
                                new Aggregate(Aggregate.Function.MAX, "n", "most"))),
                affected ? new Table.Write.ReplacePartitions() : new Table.Write.Replace(),
                affected ? Table.Incremental.AFFECTED : Table.Incremental.WHOLE,
                affected ? List.of("g") : List.of(),
                List.of());
    }
}
