package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.spark.plan.Planner.Refresh;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in any case, partitions of null, keys that are declared immutable, rules that end in errors, counts of everything. */
class AwkwardModelsTest {
    private static final RunOptions FULL = new RunOptions(Refresh.FULL, RunOptions.Publish.AS_DECLARED);

    private static final Map<String, String> FILES = Map.of(
            "pipeline.yml",
            "name: awkward\nowner: tests\n",
            "sources.yml",
            """
            sources:
              till: {kind: rest, base_url: "http://localhost:1", resources: {sales: {path: /sales}}}
            """,
            "bronze/sales.yml",
            """
            from: {source: till, resource: sales}
            columns:
              id: {type: string, required: true}
              v: {type: int}
              day: {type: date}
              shop: {type: string}
              amount: {type: int}
              pieces: {type: int}
              lines: {type: "array<struct<no: int, q: int>>"}
            """,
            "silver/sales.sql",
            """
            /*
            write: {mode: merge, key: [id], version: v}
            incremental: {new_rows_of: bronze.sales}
            partition: [shop]
            quarantine: {warn: 100 %, block: 100 %}
            checks:
              - unique: [id]
              - not_null: [amount]
              - expression: {name: cheap, rule: "AMOUNT / pieces < 100", on_fail: quarantine}
              - expression: {name: dear, rule: "amount / PIECES > 0", on_fail: quarantine}
              - accepted_range: {column: id, min: "CAST('s' AS STRING)"}
            */
            SELECT ID, v, Shop, amount, PIECES FROM bronze.sales""",
            "silver/lines.sql",
            """
            /*
            write: {mode: replace_groups, group: [id], version: v, immutable: [day, id]}
            incremental: {new_rows_of: bronze.sales}
            partition: [months(day)]
            checks:
              - unique: [id, no]
              - relationships: {column: id, to: silver.sales.id, on_fail: quarantine}
            */
            SELECT ID, V, DAY, line.NO, line.q FROM bronze.sales LATERAL VIEW explode(lines) AS line""",
            "gold/shops.sql",
            """
            /*
            write: {mode: replace_partitions}
            incremental: {affected: {shop: [silver.sales.shop]}}
            partition: [shop]
            */
            SELECT SHOP, count(*) AS n, sum(amount) AS amount FROM silver.sales GROUP BY shop""",
            "gold/everything.sql",
            """
            /*
            write: {mode: replace}
            */
            SELECT count(*) AS n FROM silver.sales""");

    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder.resolve("house"), LocalLakehouse.written(folder.resolve("awkward"), FILES));
    }

    @Test
    void publishWhatTheirWordsSay() {
        house.land(
                "sales",
                sale("s1", 1, null, 5, 1, "[1, 2]"),
                sale("s2", 1, "a", 7, 1, "[3]"),
                sale("s3", 1, "a", 9, 0, "[4]"));
        published(house.run());
        assertThat(shops()).containsExactly("[null,1,5]", "[a,1,7]");
        assertThat(lines()).containsExactly("[s1,1,1]", "[s1,1,2]", "[s2,1,3]");
        assertThat(house.rows("SELECT n FROM gold.everything")).containsExactly("[2]");
        assertThat(house.rows("SELECT table_key, transform(reasons, r -> concat(r.check, ': ', r.detail)) FROM"
                        + " quarantine.silver_sales"))
                .singleElement()
                .asString()
                .startsWith("[s3,")
                .contains("cheap: cannot be judged: the rule ends in an error for the values of this row")
                .contains("dear: cannot be judged");

        house.land(
                "sales",
                sale("s1", 2, "b", 5, 1, "[5]"),
                sale("s2", 2, null, 7, 1, "[6, 7]"),
                sale("s2", 0, "z", 7, 1, "[8]"),
                sale("s3", 2, "a", 9, 1, "[9]"));
        published(house.run());
        assertThat(shops()).containsExactly("[null,1,7]", "[a,1,9]", "[b,1,5]");
        assertThat(lines()).containsExactly("[s1,2,5]", "[s2,2,6]", "[s2,2,7]", "[s3,2,9]");
        assertThat(house.rows("SELECT n FROM gold.everything")).containsExactly("[3]");
        assertThat(house.rows("SELECT DISTINCT released_run IS NULL FROM quarantine.silver_sales"))
                .containsExactly("[false]");

        house.land("sales", sale("s2", 3, "c", 7, 1, "[6]"));
        published(house.run());
        assertThat(shops()).containsExactly("[a,1,9]", "[b,1,5]", "[c,1,7]");
        assertThat(lines()).containsExactly("[s1,2,5]", "[s2,3,6]", "[s3,2,9]");

        Map<String, List<String>> before = house.everything();
        published(house.run(FULL));
        assertThat(house.rows("SELECT * FROM silver.sales ORDER BY id")).hasSize(3);
        assertThat(shops()).containsExactly("[a,1,9]", "[b,1,5]", "[c,1,7]");
        assertThat(house.everything().get("silver.lines")).isEqualTo(before.get("silver.lines"));
    }

    private static void published(RunOutcome outcome) {
        assertThat(outcome).isInstanceOf(RunOutcome.Published.class);
    }

    private List<String> shops() {
        return house.rows("SELECT shop, n, amount FROM gold.shops ORDER BY shop");
    }

    private List<String> lines() {
        return house.rows("SELECT id, v, no FROM silver.lines ORDER BY id, v, no");
    }

    private static String sale(String id, int version, @Nullable String shop, int amount, int pieces, String lines) {
        String listed = lines.replaceAll("(\\d+)", "{\"no\": $1, \"q\": 1}");
        return """
                {"id": "%s", "v": %d, "day": "2026-03-0%d", "shop": %s, "amount": %d, "pieces": %d, "lines": %s}""".formatted(id, version, 1, shop == null ? "null" : "\"" + shop + "\"", amount, pieces, listed);
    }
}
