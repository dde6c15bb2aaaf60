package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.run.RunReport;
import dev.galley.spark.plan.Planner.Refresh;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tables make of a resource that is landed whole each time. */
class WholeListTest {
    @TempDir
    private Path folder;

    private @Nullable LocalLakehouse house;

    @AfterEach
    void close() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    void aWholeListIsWhatItsNewestBatchHoldsAndWhatIsMissingIsGone() {
        String coupons = """
            /*
            write: {mode: merge, key: [code], version: list%s}
            incremental: {new_rows_of: bronze.coupons}
            checks:
              - expression: {rule: "percent < 100", on_fail: quarantine}
            */
            SELECT code, percent, _batch AS list FROM bronze.coupons
            """;
        LocalLakehouse house = house(
                "bronze/coupons.yml",
                """
                from: {source: api, resource: coupons, snapshot: true}
                columns:
                  code: {type: string}
                  percent: {type: int}
                """,
                "silver/valid.sql",
                """
                /*
                write: {mode: replace}
                */
                SELECT code FROM bronze.coupons WHERE _batch = (SELECT max(_batch) FROM bronze.coupons)
                """,
                "silver/hard.sql",
                coupons.formatted(""),
                "silver/soft.sql",
                coupons.formatted(", deletes: soft"),
                "silver/again.sql",
                """
                /*
                write: {mode: merge, key: [code], version: list}
                incremental: {new_rows_of: silver.soft}
                */
                SELECT code, list FROM silver.soft WHERE NOT _is_deleted
                """);
        house.land("coupons", coupon("SPRING", 10), coupon("FALL", 20));
        Shop.published(house);
        assertThat(house.rows("SELECT code FROM silver.valid ORDER BY code")).containsExactly("[FALL]", "[SPRING]");

        house.land("coupons", coupon("FALL", 25));
        RunReport report = Shop.published(house);
        assertThat(house.rows("SELECT code FROM silver.valid")).containsExactly("[FALL]");
        assertThat(house.rows("SELECT code, percent, list FROM silver.hard")).containsExactly("[FALL,25,2]");
        assertThat(soft(house)).containsExactly("[FALL,25,2,false]", "[SPRING,10,1,true]");
        assertThat(house.rows("SELECT code FROM silver.again")).containsExactly("[FALL]");
        assertThat(Shop.table(report, "silver.hard").deleted()).isEqualTo(1);
        assertThat(Shop.table(report, "silver.soft").deleted()).isEqualTo(1);

        house.land("coupons", coupon("SPRING", 12), coupon("FALL", 100), coupon("NEW", 1));
        house.land("coupons", coupon("SPRING", 11), coupon("FALL", 100), "{\"percent\": 5}");
        report = Shop.published(house);
        assertThat(List.of(
                        Shop.table(report, "bronze.coupons").delta(),
                        Shop.table(report, "bronze.coupons").superseded()))
                .as("of two lists the last counts")
                .containsExactly(6L, 3L);
        assertThat(house.rows("SELECT code, percent FROM silver.hard ORDER BY code"))
                .as("what is refused is not missing")
                .containsExactly("[FALL,25]", "[SPRING,11]");
        assertThat(soft(house)).containsExactly("[FALL,25,2,false]", "[SPRING,11,4,false]");

        house.land("coupons");
        Shop.published(house);
        assertThat(house.rows("SELECT * FROM bronze.coupons")).isEmpty();
        assertThat(house.rows("SELECT * FROM silver.valid")).isEmpty();
        assertThat(house.rows("SELECT * FROM silver.hard")).isEmpty();
        assertThat(house.rows("SELECT * FROM silver.again")).isEmpty();
        assertThat(house.rows("SELECT * FROM quarantine.silver_hard WHERE released_run IS NULL"))
                .as("nor what had no code")
                .isEmpty();
        assertThat(house.rows("SELECT code FROM deleted.silver_hard ORDER BY code"))
                .containsExactly("[FALL]", "[SPRING]");
        assertThat(soft(house)).containsExactly("[FALL,25,2,true]", "[SPRING,11,4,true]");

        house.land("coupons");
        Shop.published(house);
        house.run(new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED));
        assertThat(soft(house)).as("built anew").containsExactly("[FALL,25,2,true]", "[SPRING,11,4,true]");
        house.land("coupons", coupon("FALL", 30));
        Shop.published(house);
        assertThat(soft(house)).containsExactly("[FALL,30,7,false]", "[SPRING,11,4,true]");
        assertThat(house.rows("SELECT code FROM silver.again")).containsExactly("[FALL]");
    }

    private static String coupon(String code, int percent) {
        return "{\"code\":\"%s\",\"percent\":%d}".formatted(code, percent);
    }

    private static List<String> soft(LocalLakehouse house) {
        return house.rows("SELECT code, percent, list, _is_deleted FROM silver.soft ORDER BY code");
    }

    private LocalLakehouse house(String... files) {
        LocalLakehouse opened = Shop.open(folder, files);
        house = opened;
        return opened;
    }
}
