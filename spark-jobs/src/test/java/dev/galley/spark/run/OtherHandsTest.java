package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.spark.TypedSteps;
import dev.galley.spark.action.AlterColumns;
import dev.galley.spark.action.RollBack;
import dev.galley.spark.plan.Planner.Refresh;
import dev.galley.spark.plan.RunPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Table;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are not as their files say, or not as the last run left them. */
class OtherHandsTest {
    private static final String TAKINGS = "SELECT * FROM gold.takings ORDER BY day, town";

    @TempDir
    Path folder;

    @AutoClose
    @SuppressWarnings("NullAway.Init") // every test opens one
    private LocalLakehouse house;

    private void open(String pipeline) {
        house = new LocalLakehouse(folder, LocalLakehouse.resource(pipeline));
    }

    private void shop() {
        open("shop");
        house.land("shops", "{\"shop\": \"a\", \"town\": \"Ulm\", \"version\": 1}");
        house.land("sales", sale("s1", 1, "10.00"), sale("s2", 2, "5.00"));
        run(Refresh.WHAT_IS_NEW);
    }

    @Test
    void rowsThatAnotherProgramChangedReachTheTablesDownstream() {
        shop();
        house.session().sql("DELETE FROM bronze.sales WHERE sale = 's2'");
        assertThat(plan(Refresh.WHAT_IS_NEW)).as("bronze is as received").noneMatch(step -> step.contains("rebuild"));
        house.session().sql("UPDATE silver.sales SET amount = 99.00 WHERE sale = 's1'");
        long foreign = table("silver.sales").currentSnapshot().snapshotId();
        String why = ": full rebuild: snapshot " + foreign + " of silver.sales was written by no run";
        assertThat(plan(Refresh.WHAT_IS_NEW)).contains("gold.takings" + why, "silver.items" + why);
        assertThatThrownBy(() -> plan(Refresh.FORWARD_ONLY))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining(
                        "takings.sql:1: --forward-only cannot keep the older rows of gold.takings: snapshot "
                                + foreign);

        run(Refresh.WHAT_IS_NEW);

        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,99.00]", "[2026-03-02,Ulm,5.00]");
        house.session().sql("DELETE FROM silver.sales WHERE sale = 's2'");
        house.land("sales", sale("s3", 3, "1.00"));
        run(Refresh.WHAT_IS_NEW);
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,99.00]", "[2026-03-03,Ulm,1.00]");
        assertThat(house.rows("SELECT DISTINCT sale FROM silver.items ORDER BY 1"))
                .containsExactly("[s1]", "[s3]");
        house.land("sales", sale("s4", 3, "1.00"));
        assertThat(plan(Refresh.WHAT_IS_NEW)).as("once").noneMatch(step -> step.contains("rebuild"));
    }

    @Test
    void whatATableHasReadIsNotGuessedOnceItsSnapshotsHaveExpired() {
        shop();
        compacted("silver.sales");
        assertThat(plan(Refresh.WHAT_IS_NEW))
                .contains("silver.sales: full rebuild: the snapshots have expired that said what it has read");
        run(Refresh.WHAT_IS_NEW);
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]", "[2026-03-02,Ulm,5.00]");
        compacted("bronze.sales");
        assertThatThrownBy(() -> plan(Refresh.WHAT_IS_NEW))
                .hasMessageContaining("Cannot tell which batches of till.sales bronze.sales has read")
                .extracting(TypedSteps::of)
                .asString()
                .contains("bin/galley rollback shop --to-empty && bin/galley run shop");
        RollBack.toEmpty(house.workspace(), "shop").execute();
        run(Refresh.WHAT_IS_NEW);
        assertThat(house.rows("SELECT count(*) FROM bronze.sales")).containsExactly("[2]");
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]", "[2026-03-02,Ulm,5.00]");
    }

    /** By another engine, which then lets go of every snapshot but the newest, tags and all. */
    private void compacted(String name) {
        Table table = table(name);
        DataFile file = table.newScan().planFiles().iterator().next().file();
        DataFile copy = DataFiles.builder(table.spec()).copy(file).build();
        table.newRewrite().deleteFile(file).addFile(copy).commit();
        ManageSnapshots tags = table.manageSnapshots();
        table.refs().forEach((ref, of) -> {
            if (of.isTag()) {
                tags.removeTag(ref);
            }
        });
        tags.commit();
        table.expireSnapshots()
                .expireOlderThan(Long.MAX_VALUE)
                .retainLast(1)
                .deleteWith(gone -> {})
                .commit();
    }

    @Test
    void waitingRowsAreJudgedByTheChecksOfNow() {
        shop();
        house.land("sales", sale("low", 1, "-1.00"), sale("lower", 1, "-20.00"));
        run(Refresh.WHAT_IS_NEW);
        assertThat(house.rows("SELECT sale FROM silver.sales ORDER BY sale")).containsExactly("[s1]", "[s2]");

        house.edit("silver/sales.sql", "rule: \"amount > 0\"", "rule: \"amount > -10\"");
        house.land("sales", sale("s3", 3, "1.00"));
        run(Refresh.WHAT_IS_NEW);

        assertThat(house.rows("SELECT sale FROM silver.sales ORDER BY sale"))
                .containsExactly("[low]", "[s1]", "[s2]", "[s3]");
        assertThat(house.rows("SELECT record:sale FROM quarantine.silver_sales WHERE released_run IS NULL"
                        .replace("record:sale", "get_json_object(record, '$.sale')")))
                .containsExactly("[lower]");
        house.edit("silver/sales.sql", "rule: \"amount > -10\"", "rule: \"amount > -100\"");
        run(Refresh.FULL);
        assertThat(house.rows("SELECT sale FROM silver.sales ORDER BY sale"))
                .containsExactly("[low]", "[lower]", "[s1]", "[s2]", "[s3]");
    }

    @Test
    void aColumnThatAnotherProgramDroppedIsSaidAndComputedAnew() {
        shop();
        house.session().sql("ALTER TABLE silver.items DROP COLUMN goods");
        house.land("sales", sale("s3", 3, "1.00"));
        assertThatThrownBy(() -> plan(Refresh.WHAT_IS_NEW))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("items.sql:1: another program dropped goods of silver.items from main; say"
                        + " --full-refresh to compute it anew");

        AlterColumns alteration = new AlterColumns(house.workspace(), house.pipeline(), house.session());
        assertThat(alteration.plan().get(TableName.of("silver.items")))
                .containsExactly("column goods was dropped by another program and would be made anew, without values");
        alteration.execute();
        assertThat(alteration.plan()).isEmpty();
        assertThatThrownBy(() -> plan(Refresh.WHAT_IS_NEW))
                .as("no values")
                .hasMessageContaining("goods of silver.items");
        run(Refresh.FULL);
        assertThat(house.rows("SELECT sale, goods FROM silver.items ORDER BY sale"))
                .containsExactly("[s1,tea]", "[s2,tea]", "[s3,tea]");

        house.session().sql("ALTER TABLE silver.items ADD COLUMN colour STRING");
        house.land("sales", sale("s4", 3, "1.00"));
        assertThat(runner().plan(Refresh.WHAT_IS_NEW).notes())
                .containsExactly("silver.items has colour, which no run wrote");
        assertThat(TypedSteps.of(runner().plan(Refresh.WHAT_IS_NEW).next()))
                .containsExactly("Next: bin/galley alter shop --dry-run");
        assertThatThrownBy(() -> run(Refresh.WHAT_IS_NEW)).hasMessageContaining("column colour would go");
        alteration.execute();
        run(Refresh.WHAT_IS_NEW);
        assertThat(house.rows("SELECT sale, goods FROM silver.items ORDER BY sale"))
                .hasSize(4);

        house.session().sql("ALTER TABLE bronze.sales DROP COLUMN amount");
        assertThatThrownBy(() -> plan(Refresh.FULL))
                .hasMessageContaining("another program dropped amount of bronze.sales from main")
                .extracting(TypedSteps::of)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(
                        "Add it without values: bin/galley alter shop",
                        "Or read all batches again: bin/galley rollback shop --to-empty && bin/galley run shop");
    }

    @Test
    void aPartitionThatIsDeclaredAnewIsTheTablesFromTheNextWriteOn() {
        shop();
        house.edit("silver/sales.sql", "partition: [day]", "partition: [months(day)]");
        house.edit("gold/takings.sql", "partition: [day]", "partition: [day, town]");
        house.land("sales", sale("s1", 1, "11.00").replace("\"version\": 1", "\"version\": 2"), sale("s3", 3, "1.00"));
        String why = "gold.takings: full rebuild: it is partitioned by [day, town] now";
        assertThat(plan(Refresh.WHAT_IS_NEW)).contains(why, "silver.sales: new rows of bronze.sales");
        assertThat(runner().plan(Refresh.WHAT_IS_NEW).notes())
                .containsExactly(
                        "silver.sales has files partitioned by [day], not by [months(day)]; they stay so until"
                                + " --full-refresh",
                        "gold.takings has files partitioned by [day], not by [day, town]; this run writes all of it"
                                + " anew");
        assertThatThrownBy(() -> plan(Refresh.FORWARD_ONLY))
                .hasMessageContaining("it is partitioned by [day, town] now");

        run(Refresh.WHAT_IS_NEW);

        List<String> takings = List.of("[2026-03-01,Ulm,11.00]", "[2026-03-02,Ulm,5.00]", "[2026-03-03,Ulm,1.00]");
        assertThat(house.rows(TAKINGS)).containsExactlyElementsOf(takings);
        assertThat(house.rows("SELECT sale FROM silver.sales ORDER BY sale")).containsExactly("[s1]", "[s2]", "[s3]");
        assertThat(table("silver.sales").spec().fields().get(0).name()).isEqualTo("day_month");
        assertThat(runner().plan(Refresh.WHAT_IS_NEW).notes())
                .as("a file of before is left")
                .hasSize(1);
        run(Refresh.FULL);
        assertThat(runner().plan(Refresh.WHAT_IS_NEW).notes()).isEmpty();
        assertThat(house.rows(TAKINGS)).containsExactlyElementsOf(takings);
    }

    @Test
    void aTableThatNobodySawIsMadeAnewAndOneWithoutBatchesIsEmpty() throws IOException {
        open("../stalls/stall");
        assertThatThrownBy(house::run)
                .isInstanceOf(NothingLandedException.class)
                .hasMessage("Nothing landed yet for stall")
                .extracting(TypedSteps::of)
                .asString()
                .isEqualTo("[Next: bin/galley ingest stall]");
        house.land("sales", "{\"sale\": \"x\", \"amount\": \"abc\"}");
        assertThatThrownBy(house::run)
                .hasMessageContaining("[CAST_INVALID_INPUT]")
                .hasMessageEndingWith(
                        "return NULL instead. Nothing was published; mend the file or the records, and run" + " again");
        assertThat(table("silver.sales").spec().isUnpartitioned()).isTrue();

        house.edit("silver/sales.sql", "CAST(amount AS INT) AS amount", "amount AS price, 1 AS one");
        house.edit("silver/sales.sql", "*/", "partition: [price]\n*/");
        Files.writeString(house.files().resolve("bronze/orders.yml"), """
                from: {source: till, resource: orders}
                columns:
                  sale: {type: string, required: true}
                """);
        Files.writeString(house.files().resolve("silver/ordered.sql"), """
                /*
                write: {mode: replace_partitions}
                incremental: {affected: {sale: [silver.sales.sale, bronze.orders.sale]}}
                partition: [sale]
                */
                SELECT s.sale, count(o.sale) AS orders
                FROM silver.sales s LEFT JOIN bronze.orders o ON o.sale = s.sale
                GROUP BY s.sale
                """);
        run(Refresh.WHAT_IS_NEW);

        assertThat(house.rows("SELECT * FROM silver.sales")).containsExactly("[x,abc,1]");
        assertThat(table("silver.sales").spec().fields().get(0).name()).isEqualTo("price");
        assertThat(house.rows("SELECT * FROM silver.ordered")).containsExactly("[x,0]");
        house.land("orders", "{\"sale\": \"x\"}");
        assertThat(plan(Refresh.WHAT_IS_NEW)).contains("silver.ordered: affected sale");
        run(Refresh.WHAT_IS_NEW);
        assertThat(house.rows("SELECT * FROM silver.ordered")).containsExactly("[x,1]");
    }

    private Table table(String name) {
        return house.workspace().catalog().load(TableName.of(name));
    }

    private void run(Refresh refresh) {
        assertThat(house.run(new RunOptions(refresh, RunOptions.Publish.AS_DECLARED)))
                .isInstanceOf(RunOutcome.Published.class);
    }

    private Runner runner() {
        return new Runner(house.workspace(), house.pipeline(), Progress.SILENT);
    }

    private List<String> plan(Refresh refresh) {
        RunPlan plan = runner().plan(refresh);
        return plan.steps().stream()
                .map(step -> step.table() + ": " + step.input())
                .toList();
    }

    private static String sale(String id, int day, String amount) {
        return """
                {"sale": "%s", "shop": "a", "day": "2026-03-0%d", "amount": %s, "version": 1,
                 "items": [{"no": 1, "goods": "tea"}]}""".formatted(id, day, amount);
    }
}
