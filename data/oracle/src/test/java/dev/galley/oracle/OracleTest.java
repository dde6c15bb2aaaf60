package dev.galley.oracle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.oracle.generator.Shrinker;
import dev.galley.oracle.pipeline.Aggregate;
import dev.galley.oracle.pipeline.Check;
import dev.galley.oracle.pipeline.Column;
import dev.galley.oracle.pipeline.Condition;
import dev.galley.oracle.pipeline.Event;
import dev.galley.oracle.pipeline.Expression;
import dev.galley.oracle.pipeline.KeyedWriteMode;
import dev.galley.oracle.pipeline.Pipeline;
import dev.galley.oracle.pipeline.PipelineLife;
import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Select;
import dev.galley.oracle.pipeline.Table;
import dev.galley.oracle.pipeline.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** By examples that were computed by hand. */
class OracleTest {
    private static final Table.Bronze SALES = new Table.Bronze(
            "sales",
            List.of(
                    new Column("k", Type.Scalar.STRING, true),
                    Column.of("v", Type.Scalar.INT),
                    Column.of("g", Type.Scalar.STRING),
                    Column.of("amount", new Type.Decimal(10, 2)),
                    Column.of("raw", Type.Scalar.STRING),
                    Column.of("day", Type.Scalar.DATE),
                    Column.of("lines", new Type.ListOf(new Type.Struct(List.of(Column.of("no", Type.Scalar.INT)))))),
            List.of(),
            false);

    @Test
    void theHighestVersionWinsWheneverItComes() {
        Oracle oracle = oracle(merged(List.of(), "k", "v", "amount"));

        ExpectedState first = night(oracle, sale("a", 2, "1.00"), sale("a", 1, "5.00"), sale("b", 1, "2.00"));
        assertThat(rows(first, "silver.sales"))
                .containsExactlyInAnyOrder(
                        Row.of("k", "a", "v", 2, "amount", money("1.00")),
                        Row.of("k", "b", "v", 1, "amount", money("2.00")));
        assertThat(first.counts()).containsEntry("silver.sales", new WriteCounts(3, 0, 2, 1, 0, 0, 0));

        ExpectedState late = night(oracle, sale("a", 1, "7.00"), sale("a", 2, "9.00"), sale("b", 3, "3.00"));
        assertThat(rows(late, "silver.sales"))
                .as("of equal versions the published one stays")
                .containsExactlyInAnyOrder(
                        Row.of("k", "a", "v", 2, "amount", money("1.00")),
                        Row.of("k", "b", "v", 3, "amount", money("3.00")));
        assertThat(late.counts()).containsEntry("silver.sales", new WriteCounts(3, 0, 1, 1, 1, 0, 0));
        assertThat(night(oracle).outcome()).isEqualTo(ExpectedState.Outcome.NOTHING_NEW);
    }

    @Test
    void whatIsRefusedWaitsUntilSomethingNewerComes() {
        Table.Model model = merged(List.of(new Check("raw_positive", new Check.Least("raw", 0), true)), "k", "v");
        Oracle oracle = oracle(withItem(model, new Select.Item("raw", new Expression.Parsed("raw"))));

        ExpectedState refused = night(
                oracle,
                sale("a", 1, "1.00").with("raw", "NaN"),
                sale("a", 1, "1.00").with("raw", "NaN"),
                sale("b", 1, "1.00").with("raw", "-0.0"),
                sale("c", 1, "1.00").with("v", null));
        assertThat(rows(refused, "silver.sales"))
                .as("a zero is no less than zero, whatever its sign; NaN is no number")
                .containsExactly(Row.of("k", "b", "v", 1, "raw", -0.0));
        assertThat(waiting(refused, "silver.sales"))
                .extracting(WaitingRow::toString)
                .containsExactlyInAnyOrder("{k: \"a\", raw: NaN, v: 1} for [raw_positive]", "{k: \"c\"} for [key]");
        assertThat(refused.counts())
                .as("equal content waits once")
                .containsEntry("silver.sales", new WriteCounts(4, 0, 1, 0, 1, 2, 0));

        ExpectedState mended = night(oracle, sale("a", 2, "1.00"));
        assertThat(mended.counts()).containsEntry("silver.sales", new WriteCounts(1, 2, 1, 1, 0, 1, 0));
        assertThat(waiting(mended, "silver.sales")).hasSize(1);
    }

    @Test
    void anEmptyListEmptiesItsGroupForGood() {
        Table.Model lines = new Table.Model(
                "silver.lines",
                "bronze.sales",
                new Select.Rows(
                        List.of(
                                Select.Item.of("k"),
                                Select.Item.of("v"),
                                new Select.Item("no", new Expression.Field("line", "no"))),
                        Optional.empty(),
                        Optional.of("lines")),
                KeyedWriteMode.replaceGroups(),
                Table.Incremental.NEW_ROWS,
                List.of(),
                List.of());
        Oracle oracle = oracle(lines);

        ExpectedState first = night(oracle, sale("a", 1, "1.00").with("lines", lines(1, 2)));
        assertThat(rows(first, "silver.lines")).hasSize(2);

        ExpectedState emptied = night(oracle, sale("a", 3, "1.00").with("lines", List.of()));
        assertThat(rows(emptied, "silver.lines")).isEmpty();
        assertThat(emptied.counts()).containsEntry("silver.lines", new WriteCounts(1, 0, 0, 0, 0, 0, 1));

        ExpectedState late = night(oracle, sale("a", 2, "1.00").with("lines", lines(1)));
        assertThat(rows(late, "silver.lines")).isEmpty();
        assertThat(late.counts()).containsEntry("silver.lines", new WriteCounts(1, 0, 0, 1, 0, 0, 0));

        ExpectedState again = night(
                oracle,
                sale("a", 4, "1.00").with("lines", lines(7)),
                sale("a", 4, "1.00").with("lines", lines(7)));
        assertThat(rows(again, "silver.lines"))
                .as("a record that came twice gives its lines once")
                .containsExactly(Row.of("k", "a", "v", 4, "no", 7));
        assertThat(again.counts()).containsEntry("silver.lines", new WriteCounts(2, 0, 1, 0, 1, 0, 0));
    }

    @Test
    void groupsWithoutANameAreGroups() {
        Table.Model silver = merged(List.of(), "k", "v", "g", "amount");
        Table.Model gold = new Table.Model(
                "gold.totals",
                "silver.sales",
                new Select.Groups(
                        List.of("g"),
                        List.of(Aggregate.rows("c"), new Aggregate(Aggregate.Function.SUM, "amount", "s"))),
                new Table.ReplacePartitions(),
                Table.Incremental.AFFECTED,
                List.of("g"),
                List.of());
        Oracle oracle = new Oracle(new Pipeline(List.of(SALES, silver, gold)));

        night(
                oracle,
                sale("a", 1, "1.00"),
                sale("b", 1, "2.00"),
                sale("c", 1, "4.00").with("g", "x"));
        ExpectedState moved = night(oracle, sale("b", 2, "3.00").with("g", "x"));

        assertThat(rows(moved, "gold.totals"))
                .containsExactlyInAnyOrder(
                        Row.of("g", null, "c", 1L, "s", money("1.00")), Row.of("g", "x", "c", 2L, "s", money("7.00")));
        assertThat(moved.counts()).containsEntry("gold.totals", WriteCounts.applied(2));
        ExpectedState emptied = night(oracle, sale("a", 2, "1.00").with("g", "x"));
        assertThat(rows(emptied, "gold.totals")).containsExactly(Row.of("g", "x", "c", 3L, "s", money("8.00")));
    }

    @Test
    void aKeyThatMovesIsRefused() {
        Table.Model model = new Table.Model(
                "silver.sales",
                "bronze.sales",
                items("k", "v", "day"),
                KeyedWriteMode.merge(List.of("day")),
                Table.Incremental.NEW_ROWS,
                List.of("months(day)"),
                List.of());
        Oracle oracle = oracle(model);

        night(oracle, sale("a", 1, "1.00").with("day", LocalDate.of(2026, 1, 1)));
        ExpectedState moved = night(oracle, sale("a", 2, "1.00").with("day", LocalDate.of(2026, 1, 2)));

        assertThat(rows(moved, "silver.sales"))
                .containsExactly(Row.of("k", "a", "v", 1, "day", LocalDate.of(2026, 1, 1)));
        assertThat(waiting(moved, "silver.sales").get(0).checks()).containsExactly("immutable");
    }

    @Test
    void partnersMayComeTogether() {
        Check known = new Check("known", new Check.Partner(List.of("g"), "silver.sales", List.of("k")), true);
        Oracle oracle = oracle(merged(List.of(known), "k", "v", "g"));

        ExpectedState first = night(
                oracle,
                sale("a", 1, "1.00").with("g", "b"),
                sale("b", 1, "1.00").with("g", "a"),
                sale("c", 1, "1.00").with("g", "d"),
                sale("e", 1, "1.00").with("g", "c"));
        assertThat(rows(first, "silver.sales")).extracting(row -> row.get("k")).containsExactlyInAnyOrder("a", "b");
        assertThat(waiting(first, "silver.sales"))
                .as("one whose partner is refused has none")
                .hasSize(2);

        ExpectedState second = night(oracle, sale("d", 1, "1.00"));
        assertThat(rows(second, "silver.sales")).hasSize(5);
    }

    @Test
    void aRunThatIsNotPublishedChangesNothing() {
        Check small = new Check("small", new Check.Holds(new Condition.Below("amount", 100)), false);
        Oracle oracle = oracle(merged(List.of(small), "k", "v", "amount"));
        night(oracle, sale("a", 1, "1.00"));

        ExpectedState blocked = night(oracle, sale("b", 1, "100.00"));
        assertThat(blocked.outcome()).isEqualTo(ExpectedState.Outcome.BLOCKED);
        assertThat(rows(blocked, "silver.sales")).hasSize(1);
        assertThat(oracle.after(new Event.Discard(true), TieBreak.FIRST).outcome())
                .isEqualTo(ExpectedState.Outcome.DONE);
        assertThat(night(oracle).outcome()).as("its batch is rejected").isEqualTo(ExpectedState.Outcome.NOTHING_NEW);

        Event held = new Event.Night(
                Map.of("sales", List.of(sale("c", 1, "1.00"))), Event.Refresh.WHAT_IS_NEW, Event.Ending.HELD);
        assertThat(rows(oracle.after(held, TieBreak.FIRST), "silver.sales")).hasSize(1);
        assertThat(night(oracle).outcome()).as("a held run is not passed").isEqualTo(ExpectedState.Outcome.REFUSED);
        oracle.after(new Event.Compact("silver.sales"), TieBreak.FIRST);
        assertThat(oracle.after(new Event.Publish(), TieBreak.FIRST).outcome())
                .as("main moved")
                .isEqualTo(ExpectedState.Outcome.REFUSED);
        assertThat(rows(oracle.after(new Event.Rebuild(), TieBreak.FIRST), "silver.sales"))
                .hasSize(2);
    }

    @Test
    void whatIsRolledBackIsTakenAgain() {
        Oracle oracle = oracle(merged(List.of(), "k", "v"));
        night(oracle, sale("a", 1, "1.00"));
        night(oracle, sale("b", 1, "1.00"));

        ExpectedState back = oracle.after(new Event.Rollback(0), TieBreak.FIRST);
        assertThat(rows(back, "silver.sales")).containsExactly(Row.of("k", "a", "v", 1));
        ExpectedState again = night(oracle);
        assertThat(rows(again, "silver.sales")).hasSize(2);
        assertThat(again.counts()).containsEntry("bronze.sales", new WriteCounts(1, 0, 1, 0, 0, 0, 0));
        assertThat(rows(oracle.after(new Event.Rollback(-1), TieBreak.FIRST), "bronze.sales"))
                .isEmpty();
        assertThat(rows(night(oracle), "silver.sales")).hasSize(2);
    }

    @Test
    void aChangedModelSaysWhatBecomesOfOlderRows() {
        Table.Model model = merged(List.of(), "k", "v", "amount");
        Table.Model doubled =
                withItem(merged(List.of(), "k", "v"), new Select.Item("amount", new Expression.Times("amount", 2)));
        Oracle oracle = oracle(model);
        night(oracle, sale("a", 1, "1.00"));
        oracle.after(new Event.Edit("double", new Pipeline(List.of(SALES, doubled))), TieBreak.FIRST);

        Map<String, List<Row>> batch = Map.of("sales", List.of(sale("b", 1, "1.00")));
        assertThat(run(oracle, batch, Event.Refresh.WHAT_IS_NEW).outcome()).isEqualTo(ExpectedState.Outcome.REFUSED);
        assertThat(rows(run(oracle, Map.of(), Event.Refresh.FORWARD_ONLY), "silver.sales"))
                .extracting(row -> row.get("amount"))
                .containsExactlyInAnyOrder(money("1.00"), money("2.00"));
        assertThat(rows(run(oracle, Map.of(), Event.Refresh.FULL), "silver.sales"))
                .extracting(row -> row.get("amount"))
                .containsExactly(money("2.00"), money("2.00"));
    }

    @Test
    void aDeletionIsAVersion() {
        Condition says = new Condition.Is("g", "delete");
        for (boolean soft : List.of(false, true)) {
            KeyedWriteMode write = new KeyedWriteMode(false, List.of("k"), "v", List.of(), Optional.of(says), soft);
            Oracle oracle = oracle(new Table.Model(
                    "silver.sales",
                    "bronze.sales",
                    items("k", "v", "g"),
                    write,
                    Table.Incremental.NEW_ROWS,
                    List.of(),
                    List.of()));
            night(oracle, sale("a", 2, "1.00"));

            ExpectedState gone = night(oracle, sale("a", 4, "1.00").with("g", "delete"), sale("a", 3, "1.00"));
            Row marked = Row.of("k", "a", "v", 4, "g", "delete", "_is_deleted", true);
            assertThat(rows(gone, "silver.sales")).isEqualTo(soft ? List.of(marked) : List.of());
            assertThat(gone.counts()).containsEntry("silver.sales", new WriteCounts(2, 0, 0, 1, 0, 0, 1));

            assertThat(night(oracle, sale("a", 3, "1.00")).counts())
                    .as("an older record does not bring it back")
                    .containsEntry("silver.sales", new WriteCounts(1, 0, 0, 1, 0, 0, 0));
            assertThat(night(oracle, sale("a", 4, "1.00")).counts())
                    .as("of equal versions a row wins over a deletion")
                    .containsEntry("silver.sales", new WriteCounts(1, 0, 1, 0, 0, 0, 0));
        }
    }

    @Test
    void whatAWholeListDoesNotNameIsGone() {
        Table.Bronze list =
                new Table.Bronze("list", List.of(new Column("k", Type.Scalar.STRING, true)), List.of(), true);
        Table.Model model = new Table.Model(
                "silver.list",
                "bronze.list",
                new Select.Rows(
                        List.of(Select.Item.of("k"), new Select.Item("v", new Expression.Of("_batch", "_batch"))),
                        Optional.empty(),
                        Optional.empty()),
                KeyedWriteMode.merge(List.of()),
                Table.Incremental.NEW_ROWS,
                List.of(),
                List.of());
        Oracle oracle = new Oracle(new Pipeline(List.of(list, model)));
        run(oracle, Map.of("list", List.of(Row.of("k", "a"), Row.of("k", "b"))), Event.Refresh.WHAT_IS_NEW);

        ExpectedState shorter = run(oracle, Map.of("list", List.of(Row.of("k", "b"))), Event.Refresh.WHAT_IS_NEW);
        assertThat(rows(shorter, "bronze.list")).containsExactly(Row.of("_batch", 2, "_line", 1, "k", "b"));
        assertThat(rows(shorter, "silver.list")).containsExactly(Row.of("k", "b", "v", 2));
        assertThat(shorter.counts()).containsEntry("silver.list", new WriteCounts(2, 0, 1, 0, 0, 0, 1));

        ExpectedState empty = run(oracle, Map.of("list", List.of()), Event.Refresh.WHAT_IS_NEW);
        assertThat(rows(empty, "silver.list")).isEmpty();
        ExpectedState broken = run(oracle, Map.of("list", List.of(Row.of())), Event.Refresh.WHAT_IS_NEW);
        assertThat(broken.outcome()).isEqualTo(ExpectedState.Outcome.BLOCKED);
    }

    @Test
    void whatFailsIsMadeSmall() {
        PipelineLife history = new PipelineLife(
                new Pipeline(List.of(SALES, merged(List.of(), "k", "v"))),
                List.of(
                        nightOf(sale("a", 1, "1.00")),
                        new Event.Rollback(0),
                        nightOf(sale("b", 1, "1.00"), sale("c", 9, "1.00"), sale("d", 1, "1.00"))));

        PipelineLife small = Shrinker.shrunk(history, h -> h.toString().contains("v: 9"), 100);

        assertThat(small.events()).containsExactly(nightOf(sale("c", 9, "1.00")));
        assertThat(small.pipeline().tables()).isEmpty();
    }

    private static Oracle oracle(Table.Model model) {
        return new Oracle(new Pipeline(List.of(SALES, model)));
    }

    private static Table.Model merged(List<Check> checks, String... columns) {
        return new Table.Model(
                "silver.sales",
                "bronze.sales",
                items(columns),
                KeyedWriteMode.merge(List.of()),
                Table.Incremental.NEW_ROWS,
                List.of(),
                checks);
    }

    private static Select.Rows items(String... columns) {
        return new Select.Rows(
                Arrays.stream(columns).map(Select.Item::of).toList(), Optional.empty(), Optional.empty());
    }

    private static Table.Model withItem(Table.Model model, Select.Item item) {
        List<Select.Item> items = new ArrayList<>(((Select.Rows) model.select()).items());
        items.add(item);
        return model.withSelect(new Select.Rows(items, Optional.empty(), Optional.empty()));
    }

    private static ExpectedState night(Oracle oracle, Row... sales) {
        return oracle.after(
                sales.length == 0
                        ? new Event.Night(Map.of(), Event.Refresh.WHAT_IS_NEW, Event.Ending.USUAL)
                        : nightOf(sales),
                TieBreak.FIRST);
    }

    private static Event nightOf(Row... sales) {
        return new Event.Night(Map.of("sales", List.of(sales)), Event.Refresh.WHAT_IS_NEW, Event.Ending.USUAL);
    }

    private static ExpectedState run(Oracle oracle, Map<String, List<Row>> landed, Event.Refresh refresh) {
        return oracle.after(new Event.Night(landed, refresh, Event.Ending.USUAL), TieBreak.FIRST);
    }

    private static List<Row> rows(ExpectedState expected, String table) {
        return requireNonNull(expected.tables().get(table)).rows();
    }

    private static List<WaitingRow> waiting(ExpectedState expected, String table) {
        return requireNonNull(expected.tables().get(table)).waiting();
    }

    private static Row sale(String key, int version, String amount) {
        return Row.of("k", key, "v", version, "amount", money(amount));
    }

    private static List<Row> lines(int... numbers) {
        return Arrays.stream(numbers).mapToObj(no -> Row.of("no", no)).toList();
    }

    private static BigDecimal money(String text) {
        return new BigDecimal(text);
    }
}
