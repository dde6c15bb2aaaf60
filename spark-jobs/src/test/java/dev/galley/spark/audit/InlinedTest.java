package dev.galley.spark.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.spark.SharedSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlinedTest {
    private static String t = "";

    @BeforeAll
    static void tables() {
        t = SharedSpark.namespace() + ".t";
        SharedSpark.sql("CREATE TABLE " + t + " (k INT, day DATE, note STRING, amount DECIMAL(10,2)) USING iceberg"
                + " PARTITIONED BY (day)");
        SharedSpark.sql("INSERT INTO " + t + " VALUES (1, DATE'2026-01-01', 'a', 1.5), (2, DATE'2026-01-02', 'b', 2.5),"
                + " (3, DATE'2026-01-03', NULL, 3.5), (4, NULL, 'd', 4.5)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT k FROM %1$s WHERE day IN (SELECT day FROM %1$s WHERE k > 1)",
                "SELECT k FROM %1$s WHERE day NOT IN (SELECT day FROM %1$s WHERE k = 1)",
                "SELECT k FROM %1$s WHERE day NOT IN (SELECT day FROM %1$s WHERE k IN (1, 4))",
                "SELECT k FROM %1$s WHERE day IN (SELECT day FROM %1$s WHERE k > 9)",
                "SELECT k FROM %1$s WHERE k IN (SELECT CAST(k AS BIGINT) FROM %1$s WHERE note = 'b')",
                "SELECT k FROM %1$s WHERE amount IN (SELECT amount FROM %1$s WHERE k < 3) OR note IN (SELECT note FROM %1$s WHERE k = 4)",
                "SELECT k FROM %1$s o WHERE k IN (SELECT i.k FROM %1$s i WHERE i.day = o.day AND i.k < 3)",
                "SELECT k FROM %1$s WHERE (k, day) IN (SELECT k, day FROM %1$s WHERE k < 3)",
                "SELECT k, n FROM (SELECT k, count(*) AS n FROM %1$s WHERE day IN (SELECT max(day) FROM %1$s) GROUP BY k)",
            })
    void givesTheSameRows(String query) {
        String sql = query.formatted(t);

        assertThat(rows(Inlined.of(SharedSpark.session(), sql)))
                .isEqualTo(rows(SharedSpark.session().sql(sql)));
    }

    @Test
    void readsOnlyThePartitionsThatTheValuesName() {
        Dataset<Row> rows = Inlined.of(
                SharedSpark.session(),
                "SELECT k FROM %1$s WHERE day IN (SELECT day FROM %1$s WHERE k IN (2, 3))".formatted(t));

        assertThat(rows.collectAsList()).extracting(row -> row.getInt(0)).containsExactlyInAnyOrder(2, 3);
        assertThat(rows.queryExecution().executedPlan().toString())
                .containsPattern("BatchScan[^\n]*filters=[^\n]*day IN \\(")
                .doesNotContain("Join");
    }

    private static List<String> rows(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(Row::toString).sorted().toList();
    }
}
