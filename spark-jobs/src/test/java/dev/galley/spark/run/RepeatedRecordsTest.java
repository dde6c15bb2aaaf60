package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.galley.catalog.run.RunReport;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.spark.action.Verification;
import dev.galley.spark.plan.Planner.Refresh;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are landed twice before one run: in one batch, in two, on a first load and on a night. */
class RepeatedRecordsTest {
    private static final RunOptions FULL = new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED);

    private static final Map<String, String> FILES = Map.of(
            "pipeline.yml",
            "name: repeats\nowner: tests\n",
            "sources.yml",
            """
            sources:
              till: {kind: rest, base_url: "http://localhost:1", resources: {sales: {path: /sales}}}
            """,
            "bronze/sales.yml",
            """
            from: {source: till, resource: sales}
            columns:
              id: {type: string}
              v: {type: int}
              goods: {type: "array<string>"}
            """,
            "silver/versions.sql",
            """
            /*
            write: {mode: append}
            incremental: {new_rows_of: bronze.sales}
            */
            SELECT id, v, goods FROM bronze.sales""",
            "silver/merged.sql",
            """
            /*
            write: {mode: merge, key: [id], version: v}
            incremental: {new_rows_of: bronze.sales}
            */
            SELECT id, v, goods FROM bronze.sales""",
            "silver/goods.sql",
            """
            /*
            write: {mode: replace_groups, group: [sale], version: edition}
            incremental: {new_rows_of: bronze.sales}
            quarantine: {warn: 100 %, block: 100 %}
            checks:
              - expression: {name: known, rule: "good <> 'mist'", on_fail: quarantine}
            */
            SELECT id AS SALE, v AS edition, good FROM bronze.sales LATERAL VIEW explode(goods) AS good
            WHERE good <> 'air'""",
            "silver/counted.sql",
            """
            /*
            write: {mode: replace_groups, group: [id], version: v}
            incremental: {new_rows_of: silver.versions}
            */
            WITH each AS (SELECT id, v, explode(goods) AS good FROM silver.versions)
            SELECT id, v, good, count(*) AS n FROM each GROUP BY id, v, good""");

    /** Name of a table: its SELECT, and what it makes of one sale of tea and jam. */
    private static final Map<String, List<String>> MAKING_MORE = Map.of(
            "united", List.of("""
                SELECT id, v, good, 1 AS n FROM bronze.sales LATERAL VIEW explode(goods) AS good
                UNION ALL SELECT id, v, 'bag' AS good, size(goods) AS n FROM bronze.sales""", "[bag,2]", "[jam,1]", "[tea,1]"),
            "ranked", List.of("""
                SELECT id, v, good, row_number() OVER (PARTITION BY id, v ORDER BY good) AS n
                FROM bronze.sales LATERAL VIEW explode(goods) AS good""", "[jam,1]", "[tea,2]"),
            "newest", List.of("""
                SELECT a.id, a.v, good, 1 AS n
                FROM bronze.sales a JOIN (SELECT id, max(v) AS v FROM bronze.sales GROUP BY id) b ON a.id = b.id AND a.v = b.v
                LATERAL VIEW explode(a.goods) AS good""", "[jam,1]", "[tea,1]"),
            "aside", List.of("""
                SELECT id, v, each.good, 1 AS n
                FROM bronze.sales CROSS JOIN LATERAL (SELECT good FROM explode(goods) AS t(good)) each""", "[jam,1]", "[tea,1]"),
            "joined", List.of("""
                SELECT each.id, each.v, each.good, 1 AS n FROM (SELECT id, v, explode(goods) AS good FROM bronze.sales) each
                JOIN (SELECT DISTINCT id FROM bronze.sales) b ON each.id = b.id""", "[jam,1]", "[tea,1]"),
            "less", List.of("""
                SELECT id, v, good, 1 AS n FROM bronze.sales LATERAL VIEW explode(goods) AS good
                EXCEPT SELECT id, v, 'tea', 1 FROM silver.versions""", "[jam,1]"));

    private static final String GATHERED = """
                SELECT id, v, good, 1 AS n
                FROM (SELECT id, v, flatten(collect_list(goods)) AS goods FROM bronze.sales GROUP BY id, v)
                LATERAL VIEW explode(goods) AS good""";

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder.resolve("house"), LocalLakehouse.written(folder.resolve("repeats"), FILES));
    }

    @Test
    void areOneGroupAndCountedAsDuplicates() {
        house.land(
                "sales", sale("s1", 1, "tea", "tea", "air"), sale("s1", 1, "tea", "tea", "air"), sale("s2", 1, "jam"));
        house.land("sales", sale("s1", 1, "tea", "tea", "air"));
        assertThat(counts(house.run(), "silver.goods"))
                .isEqualTo("delta 4 applied 2 superseded 0 duplicate 2 quarantined 0");
        assertThat(goods()).containsExactly("[s1,1,tea]", "[s1,1,tea]", "[s2,1,jam]");
        assertThat(house.rows("SELECT * FROM silver.counted ORDER BY id"))
                .containsExactly("[s1,1,tea,2]", "[s1,1,air,1]", "[s2,1,jam,1]");
        assertThat(house.rows("SELECT * FROM silver.merged ORDER BY id")).hasSize(2);

        house.land(
                "sales",
                sale("s1", 2, "rice", "rice"),
                sale("s2", 2, "mist", "ham"),
                sale("s2", 2, "mist", "ham"),
                sale("s3", 1, "a", "b"),
                sale("s3", 1, "c"));
        house.land("sales", sale("s1", 2, "rice", "rice"), sale("s1", 1, "tea", "tea", "air"));
        assertThat(counts(house.run(), "silver.goods"))
                .isEqualTo("delta 7 applied 2 superseded 1 duplicate 3 quarantined 1");
        List<String> published = goods();
        assertThat(published).contains("[s1,2,rice]", "[s2,1,jam]").hasSizeBetween(4, 5);
        assertThat(published.toString())
                .satisfiesAnyOf(
                        rows -> assertThat(rows).contains("[s3,1,a], [s3,1,b]").doesNotContain("[s3,1,c]"),
                        rows -> assertThat(rows).contains("[s3,1,c]").doesNotContain("[s3,1,a]"));
        assertThat(house.rows("SELECT count(*) FROM quarantine.silver_goods")).containsExactly("[2]");

        assertThat(house.run(FULL)).isInstanceOf(RunOutcome.Published.class);
        assertThat(goods()).isEqualTo(published);
        assertThat(new Verification(house.workspace(), house.pipeline(), house.session()).of(table -> true))
                .allSatisfy(result -> assertThat(result.outcome()).isEqualTo(Verification.Outcome.SAME));
    }

    @Test
    void areOneGroupWhateverIsMadeOfTheirRows() {
        MAKING_MORE.forEach((name, of) -> model(name, of.get(0)));
        model("gathered", GATHERED);
        house.land("sales", sale("s1", 1, "tea", "jam"), sale("s1", 1, "tea", "jam"));
        house.land("sales", sale("s1", 1, "tea", "jam"), sale("s2", 1, "ham"), sale("s2", 1, "egg"));
        assertThat(counts(house.run(), "silver.ranked"))
                .isEqualTo("delta 5 applied 2 superseded 0 duplicate 3 quarantined 0");

        assertSoftly(softly -> MAKING_MORE.forEach((name, of) -> softly.assertThat(
                        house.rows("SELECT good, n FROM silver." + name + " WHERE id = 's1' ORDER BY good, n"))
                .as(name)
                .isEqualTo(of.subList(1, of.size()))));
        assertThat(house.rows("SELECT good FROM silver.gathered WHERE id = 's2' ORDER BY good"))
                .as("parts of one group")
                .containsExactly("[egg]", "[ham]");
    }

    @Test
    void areRefusedWhereTheSelectLosesTrackOfThem() {
        model("paired", """
                SELECT a.id, a.v, a.good, b.good AS other
                FROM (SELECT id, v, explode(goods) AS good FROM bronze.sales) a
                JOIN (SELECT id, explode(goods) AS good FROM bronze.sales) b ON a.id = b.id""");
        house.land("sales", sale("s1", 1, "tea", "jam"));

        assertThatThrownBy(house::run)
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining(
                        "paired.sql:1: Mode replace_groups could not tell the rows of a record of bronze.sales"
                                + " that is landed twice from those of one")
                .hasMessageContaining("merge bronze.sales into a table with one row per key first");
    }

    private void model(String name, String select) {
        LocalLakehouse.written(house.files(), Map.of("silver/" + name + ".sql", """
                        /*
                        write: {mode: replace_groups, group: [id], version: v}
                        incremental: {new_rows_of: bronze.sales}
                        */
                        """ + select));
    }

    private String counts(RunOutcome outcome, String table) {
        assertThat(outcome).isInstanceOf(RunOutcome.Published.class);
        RunReport.TableReport report = ((RunOutcome.Published) outcome)
                .report().orElseThrow().tables().stream()
                        .filter(t -> t.table().toString().equals(table))
                        .findFirst()
                        .orElseThrow();
        return "delta %d applied %d superseded %d duplicate %d quarantined %d"
                .formatted(
                        report.delta(),
                        report.applied(),
                        report.superseded(),
                        report.duplicate(),
                        report.quarantined());
    }

    private List<String> goods() {
        return house.rows("SELECT * FROM silver.goods ORDER BY 1, 2, 3");
    }

    private static String sale(String id, int version, String... goods) {
        return "{\"id\": \"%s\", \"v\": %d, \"goods\": [\"%s\"]}".formatted(id, version, String.join("\", \"", goods));
    }
}
