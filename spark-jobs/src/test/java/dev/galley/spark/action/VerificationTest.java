package dev.galley.spark.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.action.Verification.Outcome;
import dev.galley.spark.action.Verification.Result;
import dev.galley.spark.run.LocalLakehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether published figures are what their upstreams give. */
class VerificationTest {
    @TempDir
    Path folder;

    @AutoClose
    private LocalLakehouse house;

    @BeforeEach
    void open() {
        house = new LocalLakehouse(folder, LocalLakehouse.resource("shop"));
    }

    @Test
    void whatRunsPublishedIsTheSameAndWhatOthersChangedIsNot() {
        assertThat(verify()).extracting(Result::outcome).containsOnly(Outcome.NOT_COMPARED);
        house.land("shops", "{\"shop\": \"a\", \"town\": \"Ulm\", \"version\": 1}");
        house.land(
                "sales", sale("s1", "a", 1, "10.00", 1), sale("s2", "a", 2, "20.50", 1), sale("s9", "z", 2, "1.00", 1));
        house.run();
        house.land(
                "sales",
                sale("s1", "a", 1, "11.00", 2),
                sale("s1", "a", 1, "11.00", 2),
                sale("s2", "a", 2, "1.00", 0),
                sale("s3", "a", 3, "-4.00", 1));
        house.run();

        assertThat(verify())
                .extracting(
                        r -> r.table().toString(), Result::outcome, Result::rows, Result::missing, Result::unexpected)
                .containsExactly(
                        tuple("silver.shops", Outcome.SAME, 1L, 0L, 0L),
                        tuple("silver.sales", Outcome.SAME, 2L, 0L, 0L),
                        tuple("gold.takings", Outcome.SAME, 2L, 0L, 0L),
                        tuple("silver.items", Outcome.SAME, 4L, 0L, 0L));

        house.rows("UPDATE gold.takings SET amount = 12 WHERE amount = 11");
        house.rows("DELETE FROM silver.items WHERE sale = 's2' AND no = 1");
        house.rows("INSERT INTO silver.shops VALUES ('a', 'Ulm', 1)");
        assertThat(verify())
                .extracting(r -> r.table().toString(), Result::missing, Result::unexpected, Result::keys)
                .containsExactly(
                        tuple("silver.shops", 0L, 1L, List.of("a")),
                        tuple("silver.sales", 0L, 0L, List.of()),
                        // The shop that stands twice doubles what is computed of it.
                        tuple("gold.takings", 2L, 2L, takings("12.00", "20.50", "22.00", "41.00")),
                        tuple("silver.items", 1L, 0L, List.of("s2")));

        house.edit("gold/takings.sql", "sum(s.amount)", "max(s.amount)");
        assertThat(verify("gold.takings"))
                .extracting(Result::outcome, Result::detail)
                .containsExactly(tuple(
                        Outcome.NOT_COMPARED, "its file is not the one that its rows were computed by; run first"));
    }

    @Test
    void aKeyThatWaitsInQuarantineIsLeftAside() {
        house.land("shops", "{\"shop\": \"a\", \"town\": \"Ulm\", \"version\": 1}");
        house.land("sales", sale("s1", "a", 1, "10.00", 1));
        house.run();
        house.land("sales", sale("s1", "a", 1, "-1.00", 2));
        house.run();
        assertThat(verify("silver.sales"))
                .extracting(Result::outcome, Result::waiting)
                .containsExactly(tuple(Outcome.SAME, 0L));

        // Judged by the file as it is now, the newer version would be in the table.
        house.edit("silver/sales.sql", "amount > 0", "amount > -10");
        assertThat(verify("silver.sales"))
                .extracting(Result::outcome, Result::missing, Result::unexpected, Result::waiting)
                .containsExactly(tuple(Outcome.SAME, 0L, 0L, 2L));

        house.rows("DELETE FROM silver.shops");
        assertThat(verify("silver.sales"))
                .as("a row whose partner has gone since stays")
                .extracting(Result::outcome, Result::missing, Result::unexpected)
                .containsExactly(tuple(Outcome.SAME, 0L, 0L));
    }

    @Test
    void whatATableWasToKeepIsNoDifference() {
        LocalLakehouse.written(house.files(), Map.of("silver/history.sql", """
                /*
                write: {mode: append}
                incremental: {new_rows_of: silver.sales}
                */
                SELECT sale, version FROM silver.sales
                """));
        house.land("shops", "{\"shop\": \"a\", \"town\": \"Ulm\", \"version\": 1}");
        house.land("sales", sale("s1", "a", 1, "10.00", 1));
        house.run();
        house.land("sales", sale("s1", "a", 1, "11.00", 2));
        house.run();
        assertThat(house.rows("SELECT * FROM silver.history ORDER BY version")).containsExactly("[s1,1]", "[s1,2]");
        assertThat(verify("silver.history")).extracting(Result::outcome).containsExactly(Outcome.SAME);

        house.rows("DELETE FROM silver.history WHERE version = 2");
        assertThat(verify("silver.history")).extracting(Result::missing).containsExactly(1L);
    }

    @Test
    void mapsAndSumsOfDoublesAreComparedByWhatTheyMean() {
        Dataset<Row> left = rows("(1, map('a', 1, 'b', 2), 0.1D + 0.2D, array(map('x', 1)))");
        Dataset<Row> right = rows("(1, map('b', 2, 'a', 1), 0.3D, array(map('x', 1)))");

        assertThat(RowDifference.between(left, right, List.of("k")).rows().count())
                .isZero();
        assertThat(RowDifference.between(left, rows("(1, map('b', 2, 'a', 3), 0.3D, array(map('x', 1)))"), List.of("k"))
                        .rows()
                        .selectExpr(RowDifference.KEY, RowDifference.TIMES)
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactlyInAnyOrder("[1,1]", "[1,-1]");
        assertThat(RowDifference.between(left.union(left), left, List.of())
                        .rows()
                        .selectExpr(RowDifference.TIMES)
                        .head()
                        .getLong(0))
                .isEqualTo(1);
    }

    private static Dataset<Row> rows(String values) {
        return SharedSpark.session().sql("SELECT * FROM VALUES " + values + " AS v(k, m, d, deep)");
    }

    private static List<String> takings(String... amounts) {
        return List.of(amounts).stream()
                .map(amount ->
                        "{\"day\":\"2026-03-0" + (List.of("20.50", "41.00").contains(amount) ? 2 : 1)
                                + "\",\"town\":\"Ulm\",\"amount\":" + amount + "}")
                .sorted()
                .toList();
    }

    private List<Result> verify() {
        return new Verification(house.workspace(), house.pipeline(), house.session()).of(table -> true);
    }

    private List<Result> verify(String table) {
        return new Verification(house.workspace(), house.pipeline(), house.session()).of(TableName.of(table)::equals);
    }

    private static String sale(String sale, String shop, int day, String amount, int version) {
        return """
                {"sale": "%s", "shop": "%s", "day": "2026-03-0%d", "amount": %s, "version": %d,
                 "items": [{"no": 1, "goods": "tea"}, {"no": 2, "goods": "cup"}]}""".formatted(sale, shop, day, amount, version).replace("\n", "");
    }
}
