package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.spark.action.DiscardRun;
import dev.galley.spark.action.RollBack;
import dev.galley.spark.plan.ModelHash;
import dev.galley.spark.plan.Planner.Refresh;
import dev.galley.spark.plan.RunPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights on a lakehouse that an older Galley wrote. */
class OldLakehouseTest {
    private static final String TAKINGS = "SELECT * FROM gold.takings ORDER BY day, town";

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = OldLakehouse.open("7f5c6bb.zip", folder);
    }

    @Test
    void aNightGoesOnFromWhatWasPublishedAndRebuildsNothing() {
        assertThat(house.rows(TAKINGS))
                .containsExactly("[2026-03-01,Ulm,11.00]", "[2026-03-02,Bonn,20.00]", "[2026-04-01,Ulm,4.00]");
        List<RunRecord> runs = house.workspace().runs().list("corner", 9);
        assertThat(runs)
                .extracting(RunRecord::status)
                .containsExactly(Status.BLOCKED, Status.PUBLISHED, Status.PUBLISHED);

        Map<String, String> old = hashes();
        assertThat(old).as("of the printed definitions").doesNotContainEntry("silver.sales", hashNow("silver.sales"));

        new DiscardRun(house.workspace(), runs.get(0).id(), DiscardRun.Batches.REJECTED).execute();
        house.land("shops", OldLakehouse.shop("z", "Kiel", 1), OldLakehouse.shop("b", "Bern", 2));
        house.land("sales", OldLakehouse.sale("s6", "b", "2026-04-02", "60.00", "Bern", 1));
        RunOutcome night = house.run();

        assertThat(night).isInstanceOf(RunOutcome.Published.class);
        assertThat(inputs(night))
                .containsOnly(
                        Map.entry("bronze.shops", "batch 00000003"),
                        Map.entry("bronze.sales", "batch 00000004"),
                        Map.entry("silver.shops", "new rows of bronze.shops"),
                        Map.entry("silver.sales", "new rows of bronze.sales"),
                        Map.entry("silver.items", "new rows of silver.sales"),
                        Map.entry("silver.versions", "new rows of bronze.sales"),
                        Map.entry("gold.takings", "affected day"),
                        Map.entry("gold.cities", "whole"),
                        Map.entry("gold.goods", "whole"));
        assertThat(house.rows(TAKINGS))
                .as("the day that is computed anew has the shops of now")
                .containsExactly(
                        "[2026-03-01,Ulm,11.00]",
                        "[2026-03-02,Bern,20.00]",
                        "[2026-03-02,Kiel,7.00]",
                        "[2026-04-01,Ulm,4.00]",
                        "[2026-04-02,Bern,60.00]");
        assertThat(house.rows("SELECT city, sales FROM gold.cities ORDER BY city"))
                .containsExactly("[Bern,1]", "[Bonn,1]", "[Kiel,1]", "[Ulm,2]");
        assertThat(house.rows("SELECT sale, version, address.city FROM silver.versions ORDER BY 1, 2"))
                .containsExactly(
                        "[s1,1,Ulm]",
                        "[s1,2,Ulm]",
                        "[s2,1,Bonn]",
                        "[s3,1,Kiel]",
                        "[s4,1,Ulm]",
                        "[s5,1,Kiel]",
                        "[s6,1,Bern]");
        assertThat(house.rows("SELECT sale, count(*), sum(price) FROM silver.items GROUP BY sale ORDER BY sale"))
                .containsExactly("[s1,2,4.00]", "[s2,2,4.00]", "[s3,2,4.00]", "[s4,2,4.00]", "[s6,2,4.00]");
        assertThat(house.rows("SELECT * FROM gold.goods ORDER BY goods")).containsExactly("[cup,5]", "[tea,5]");
        assertThat(house.rows("SELECT record FROM quarantine.silver_sales WHERE released_run IS NULL"))
                .singleElement()
                .asString()
                .contains("\"sale\":\"s5\"");
        assertThat(hashes())
                .as("replaced")
                .allSatisfy((table, hash) ->
                        assertThat(hash).isEqualTo(hashNow(table)).isNotEqualTo(old.get(table)));
        assertThat(house.run()).isInstanceOf(RunOutcome.NothingNew.class);
        goBackTo(runs.get(2).id());
    }

    @Test
    void aBatchWithoutAResourceIsOfTheOneThatTheRunReported() {
        house.edit("sources.yml", "sales: {path: /sales}", "sales: {path: /sales}\n      orders: {path: /orders}");
        house.edit("bronze/sales.yml", "resource: sales", "resource: orders");
        house.land("orders", OldLakehouse.sale("s6", "b", "2026-04-02", "60.00", "Bern", 1));

        RunPlan plan = new Runner(house.workspace(), house.pipeline(), Progress.SILENT).plan(Refresh.WHAT_IS_NEW);

        assertThat(plan.step(TableName.of("bronze.sales")).orElseThrow().input())
                .isEqualTo("batch 00000001");
        assertThat(plan.notes())
                .containsExactly("bronze.sales reads till.orders from its batch 1 on; its rows of till.sales up to"
                        + " batch 2 stay");
    }

    private void goBackTo(RunId first) {
        RollBack.toRun(house.workspace(), "corner", first).execute();
        assertThat(house.rows(TAKINGS)).containsExactly("[2026-03-01,Ulm,10.00]", "[2026-03-02,Bonn,20.00]");
        assertThat(house.run()).isInstanceOf(RunOutcome.Published.class);
        assertThat(house.rows("SELECT sum(amount) FROM gold.takings")).containsExactly("[102.00]");
    }

    private String hashNow(String table) {
        return ModelHash.of(house.pipeline().table(TableName.of(table)).orElseThrow());
    }

    /** Of what readers see, by table. */
    private Map<String, String> hashes() {
        return house.pipeline().tables().stream()
                .map(PipelineTable::name)
                .collect(Collectors.toMap(
                        TableName::toString,
                        name -> house.workspace()
                                .catalog()
                                .load(name)
                                .currentSnapshot()
                                .summary()
                                .get("galley.model")));
    }

    private static Map<String, String> inputs(RunOutcome run) {
        return run.report().orElseThrow().tables().stream()
                .collect(Collectors.toMap(t -> t.table().toString(), RunReport.TableReport::input));
    }
}
