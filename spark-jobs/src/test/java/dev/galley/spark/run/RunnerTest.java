package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.MainMovedException;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.spark.plan.Planner.Refresh;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a small pipeline, from landed batches to what readers see. */
class RunnerTest {
    private static final String TAKINGS = "SELECT * FROM gold.takings ORDER BY day, town";

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder, LocalLakehouse.resource("shop"));
    }

    @Test
    void aRunTakesWhatIsNewAndThenThereIsNothing() {
        house.land("shops", shop("a", "Ulm"));
        house.land("sales", sale("s1", "a", 1, "10.00", 1), sale("s2", "a", 2, "20.50", 1));
        Runner runner = new Runner(house.workspace(), house.pipeline(), line -> {});
        long landed = runner.inputBytes(Refresh.WHAT_IS_NEW);
        assertThat(landed).isGreaterThan(500);
        RunOutcome first = house.run();
        assertThat(first).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]", "[2026-03-02,Ulm,20.50]");
        assertThat(house.rows("SELECT sale, no, goods FROM silver.items ORDER BY sale, no"))
                .containsExactly("[s1,1,tea]", "[s1,2,cup]", "[s2,1,tea]", "[s2,2,cup]");

        assertThat(runner.inputBytes(Refresh.WHAT_IS_NEW)).isZero();
        assertThat(runner.inputBytes(Refresh.FULL))
                .as("what is built anew is read, though nothing is landed")
                .isGreaterThan(landed);
        assertThat(house.run()).isInstanceOf(RunOutcome.NothingNew.class);
        assertThat(house.statuses()).containsExactly(Status.PUBLISHED);

        house.land(
                "sales",
                sale("s1", "a", 1, "11.00", 2), // newer
                sale("s2", "a", 2, "1.00", 0), // older than what is there
                sale("s2", "a", 2, "20.50", 1), // there already
                sale("s3", "a", 2, "4.00", 1));
        RunOutcome second = house.run();
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,11.00]", "[2026-03-02,Ulm,24.50]");
        assertThat(table(second, "silver.sales"))
                .extracting(
                        RunReport.TableReport::delta,
                        RunReport.TableReport::applied,
                        RunReport.TableReport::superseded,
                        RunReport.TableReport::duplicate)
                .containsExactly(4L, 2L, 1L, 1L);
        assertThat(report(second).tables())
                .extracting(t -> t.table().toString())
                .as("nothing new in shops")
                .containsExactlyInAnyOrder("bronze.sales", "silver.sales", "silver.items", "gold.takings");
        assertThat(report(second).checks())
                .as("a check of the change of shops, which are not written")
                .filteredOn(c -> c.check().equals("no_town_moves_nowhere"))
                .extracting(CheckResult::outcome)
                .containsExactly(CheckResult.Outcome.PASSED);

        assertThat(house.rows("SELECT sum(amount) FROM gold.takings VERSION AS OF 'run_"
                        + report(first).run() + "'"))
                .as("the first run by its tag")
                .containsExactly("[30.50]");
        for (String table : List.of("silver.shops", "gold.takings")) {
            assertThat(house.refs(table))
                    .contains(
                            "run_" + report(first).run(),
                            "run_" + report(second).run());
        }
        assertThat(house.rows("SELECT DISTINCT run_id, status FROM ops.runs"))
                .containsExactlyInAnyOrder(
                        "[" + report(first).run() + ",PUBLISHED]",
                        "[" + report(second).run() + ",PUBLISHED]");

        house.land("sales"); // without records, as a cursor that was moved leaves it
        house.land("sales");
        RunOutcome third = house.run();
        assertThat(third).isInstanceOf(RunOutcome.Published.class);
        assertThat(table(third, "bronze.sales").delta()).isZero();
        assertThat(house.rows("SELECT table_name, requests, retries, received_bytes, throttled_seconds FROM ops.runs"
                        + " WHERE run_id = '" + report(third).run() + "' AND requests IS NOT NULL"))
                .as("what fetching the two batches took")
                .containsExactly("[bronze.sales,4,2,200,3.0]");
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,11.00]", "[2026-03-02,Ulm,24.50]");
        assertThat(house.run()).isInstanceOf(RunOutcome.NothingNew.class);
    }

    @Test
    void afterAFewChangesThatOnlyAddedFilesOneRewrites() {
        house.land("shops", shop("a", "Ulm"));
        house.land("sales", sale("s1", "a", 1, "1.00", 1));
        house.run();
        for (int change = 2; change <= 8; change++) {
            house.session().sql("""
                    INSERT INTO silver.sales
                    SELECT 'n%d', shop, day, amount, items, version FROM silver.sales WHERE sale = 's1'""".formatted(change));
        }
        assertThat(house.rows("SELECT count(*) FROM silver.sales.data_files")).containsExactly("[8]");

        house.land("sales", sale("s1", "a", 1, "10.00", 2), sale("n9", "a", 1, "100.00", 1));
        house.run();

        assertThat(house.rows("SELECT count(*) FROM silver.sales.data_files")).containsExactly("[1]");
        assertThat(house.rows("SELECT count(*) FROM silver.sales.delete_files")).containsExactly("[0]");
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,117.00]");
        house.land("sales", sale("s1", "a", 1, "20.00", 3));
        house.run();
        assertThat(house.rows("SELECT count(*) FROM silver.sales.data_files"))
                .as("and the next one only adds again")
                .containsExactly("[2]");
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,127.00]");
    }

    @Test
    void aTableComputedAnewIsJudgedWholeThoughARewriteIsDue() {
        house.land("shops", shop("a", "Ulm"));
        house.land("sales", sale("s1", "a", 1, "1.00", 1));
        house.run();
        changeSalesUntilARewriteIsDue();
        house.edit("silver/sales.sql", "day, amount,", "day, CAST(amount * 50000 AS DECIMAL(10,2)) AS amount,");

        RunOutcome outcome = house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED));

        assertThat(outcome)
                .as("amounts that are not sane, under versions known before")
                .isInstanceOf(RunOutcome.Blocked.class);
    }

    @Test
    void rowsWithoutTheirPartnerWaitAndComeBack() {
        house.land("shops", shop("a", "Ulm"));
        house.land(
                "sales",
                sale("s1", "a", 1, "10.00", 1),
                sale("s2", "b", 1, "20.00", 1), // of a shop nobody knows yet
                sale("s3", "a", 1, "-1.00", 1), // refused for good, until mended
                "{\"sale\": \"s4\", \"amount\": 1}"); // no fit for the contract
        RunOutcome first = house.run();
        assertThat(first).isInstanceOf(RunOutcome.Published.class);
        assertThat(waiting()).containsExactly("[s2,relationships(shop)]", "[s3,amount_is_positive]");
        assertThat(house.rows("SELECT count(*) FROM quarantine.bronze_sales")).containsExactly("[1]");
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]");

        house.land("shops", shop("b", "Aalen"));
        RunOutcome second = house.run();
        assertThat(waiting()).as("its shop has come").containsExactly("[s3,amount_is_positive]");
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Aalen,20.00]", "[2026-03-01,Ulm,10.00]");

        house.land("sales", sale("s3", "a", 1, "1.00", 2));
        RunOutcome third = house.run();
        assertThat(waiting()).as("superseded by the mended one").isEmpty();
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Aalen,20.00]", "[2026-03-01,Ulm,11.00]");

        assertThat(Stream.of(first, second, third).flatMap(o -> report(o).tables().stream()))
                .allSatisfy(t -> assertThat(t.delta() + t.waiting())
                        .as("balance of %s", t)
                        .isEqualTo(t.applied() + t.superseded() + t.duplicate() + t.quarantined()));
        assertThat(house.rows("SELECT DISTINCT sale FROM bronze.sales EXCEPT SELECT sale FROM silver.sales"))
                .as("every key received is there")
                .isEmpty();
    }

    @Test
    void aChangedModelIsComputedAnewWhenToldSo() {
        house.land("shops", shop("a", "Ulm"));
        house.land("sales", sale("s1", "a", 1, "10.00", 1), sale("s2", "a", 2, "5.00", 1));
        house.run();
        house.edit("silver/sales.sql", "day, amount,", "day, CAST(amount * 2 AS DECIMAL(10,2)) AS amount,");

        assertThatThrownBy(house::run)
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("--full-refresh")
                .hasMessageContaining("--forward-only");
        assertThat(house.statuses()).as("nothing began").containsExactly(Status.PUBLISHED);

        assertThat(house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED)))
                .isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,20.00]", "[2026-03-02,Ulm,10.00]");
        assertThat(house.run()).isInstanceOf(RunOutcome.NothingNew.class);
    }

    @Test
    void readersKeepTheirRowsWhileATableIsComputedAnew() {
        house.land("shops", shop("a", "Ulm"));
        house.land("sales", sale("s1", "a", 1, "10.00", 1), sale("s2", "a", 2, "5.00", 1));
        house.run();
        house.edit("silver/sales.sql", "day, amount,", "day, CAST(amount * 2 AS DECIMAL(10,2)) AS amount,");

        RunOutcome held = house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.HOLD));

        assertThat(held).isInstanceOf(RunOutcome.Held.class);
        assertThat(house.rows("SELECT sum(amount) FROM gold.takings VERSION AS OF 'audit_" + id(held) + "'"))
                .containsExactly("[30.00]");
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]", "[2026-03-02,Ulm,5.00]");
        assertThat(house.rows("SELECT sale, amount FROM silver.sales ORDER BY sale"))
                .containsExactly("[s1,10.00]", "[s2,5.00]");
    }

    @Test
    void whenSomebodyElseMovesMainARunIsBuiltAnewOnce() {
        TableName sales = TableName.of("silver.sales");
        house.land("shops", shop("a", "Ulm"));
        house.land("sales", sale("s1", "a", 1, "10.00", 1));
        house.run();
        house.land("sales", sale("s2", "a", 1, "5.00", 1));
        List<Long> theirs = new ArrayList<>();
        Runner overtaken = new Runner(house.workspace(), house.pipeline(), line -> {
            if (line.startsWith("  silver.sales ") && theirs.size() < 3) {
                Table table = house.workspace().catalog().load(sales);
                table.newAppend().commit();
                theirs.add(table.currentSnapshot().snapshotId());
            }
        });

        assertThatThrownBy(() -> overtaken.run(LocalLakehouse.USUAL, bytes -> house.session()))
                .isInstanceOfSatisfying(
                        MainMovedException.class, e -> assertThat(e.tables()).containsExactly(sales));

        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]");
        assertThat(house.workspace().runs().list("shop", 100))
                .extracting(RunRecord::status, RunRecord::exitCode)
                .containsExactly(
                        tuple(Status.FAILED, OptionalInt.of(4)),
                        tuple(Status.FAILED, OptionalInt.of(4)),
                        tuple(Status.PUBLISHED, OptionalInt.of(0)));
        for (String table : List.of("bronze.sales", "silver.sales", "gold.takings")) {
            assertThat(house.refs(table)).as(table).noneMatch(ref -> ref.startsWith("audit_"));
        }

        assertThat(overtaken.run(LocalLakehouse.USUAL, bytes -> house.session()))
                .as("overtaken once more, then not")
                .isInstanceOf(RunOutcome.Published.class);
        assertThat(house.statuses().subList(0, 2)).containsExactly(Status.PUBLISHED, Status.FAILED);
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,15.00]");
        assertThat(SnapshotUtil.ancestorIds(
                        house.workspace().catalog().load(sales).currentSnapshot(),
                        house.workspace().catalog().load(sales)::snapshot))
                .as("nothing of theirs is lost")
                .containsAll(theirs);
    }

    @Test
    void aModelReadsNothingButTablesOfItsPipeline() {
        house.land("sales", sale("s1", "a", 1, "10.00", 1));
        house.edit("silver/items.sql", "FROM silver.sales s", "FROM silver.seen s");

        assertThatThrownBy(house::run)
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("silver/items.sql:")
                .hasMessageContaining("reads silver.seen, which is no table of pipeline shop");
        assertThat(house.statuses()).isEmpty();
    }

    private List<String> waiting() {
        return house.rows("SELECT table_key, array_join(transform(reasons, r -> r.check), ',')"
                + " FROM quarantine.silver_sales WHERE released_run IS NULL ORDER BY 1");
    }

    private static RunId id(RunOutcome outcome) {
        return report(outcome).run();
    }

    private static RunReport report(RunOutcome outcome) {
        return outcome.report().orElseThrow();
    }

    private static RunReport.TableReport table(RunOutcome outcome, String name) {
        return report(outcome).tables().stream()
                .filter(t -> t.table().toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String shop(String id, String town) {
        return "{\"shop\": \"%s\", \"town\": \"%s\", \"version\": 1}".formatted(id, town);
    }

    private void changeSalesUntilARewriteIsDue() {
        for (int change = 2; change <= 8; change++) {
            house.session().sql("""
                    INSERT INTO silver.sales
                    SELECT 'n%d', shop, day, amount, items, version FROM silver.sales WHERE sale = 's1'""".formatted(change));
        }
    }

    private static String sale(String id, String shop, int day, String amount, int version) {
        return """
                {"sale": "%s", "shop": "%s", "day": "2026-03-0%d", "amount": %s, "version": %d,
                 "items": [{"no": 1, "goods": "tea"}, {"no": 2, "goods": "cup"}]}""".formatted(id, shop, day, amount, version);
    }
}
