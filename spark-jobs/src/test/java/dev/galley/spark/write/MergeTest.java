package dev.galley.spark.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.WriteMode;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.sql.Sql;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final WriteMode MERGE = Nights.merge(List.of("id"), "v", List.of());

    private final Nights orders = new Nights(MERGE, "id BIGINT, v INT, name STRING", "");

    @Test
    void oneKeyMayHaveNineOfTenRows() {
        Dataset<Row> skewed = SharedSpark.session()
                .range(100_000)
                .selectExpr("IF(id % 10 = 0, id, -1) AS id", "CAST(id AS INT) AS v", "repeat('x', 100) AS name");

        WriteResult result = orders.during(Optional.empty(), skewed, written -> written);

        assertThat(result.counts()).isEqualTo(new Counts(100_000, 0, 10_001, 89_999, 0, 0, 0));
        assertThat(SharedSpark.session()
                        .table(orders.name().toString())
                        .where("id = -1")
                        .select("v")
                        .collectAsList()
                        .toString())
                .isEqualTo("[[99999]]");
    }

    @Test
    void onlyNewKeysAreAddedWithoutRewritingAFile() {
        WriteResult first = orders.night("(1, 1, 'a')");
        WriteResult added = orders.night("(2, 1, 'b')");
        String operation = orders.iceberg().currentSnapshot().operation();
        WriteResult changed = orders.night("(1, 2, 'c')");

        assertThat(first.changes()).isEqualTo(WriteResult.Changes.FIRST);
        assertThat(added.changes()).isEqualTo(WriteResult.Changes.ADDED);
        assertThat(operation).isEqualTo("append");
        assertThat(changed.changes()).isEqualTo(WriteResult.Changes.MIXED);
    }

    @Test
    void zeroHasOneSignAndWhatIsNoNumberIsOneKey() {
        Nights numbers = new Nights(
                Nights.merge(List.of("id", "part"), "v", List.of("part")),
                "id DOUBLE, part DOUBLE, v INT, name STRING",
                "part");
        String nan = "DOUBLE('NaN')";
        numbers.night("(%s, %s, 1, 'a')".formatted(nan, nan), "(-0.0D, 0.0D, 1, 'b')", "(1.0D, -0.0D, 1, 'c')");
        WriteResult result =
                numbers.night("(%s, %s, 2, 'A')".formatted(nan, nan), "(0.0D, -0.0D, 2, 'B')", "(1.0D, 0.0D, 2, 'C')");

        assertThat(result.counts()).isEqualTo(new Counts(3, 0, 3, 0, 0, 0, 0));
        assertThat(SharedSpark.sql("SELECT name FROM " + numbers.name() + " ORDER BY name"))
                .extracting(row -> row.getString(0))
                .containsExactly("A", "B", "C");
    }

    @Test
    void ofEqualVersionsInOneDeltaTheSameOneWinsInAnyOrder() {
        Nights reversed = new Nights(MERGE, "id BIGINT, v INT, name STRING", "");
        orders.night("(1, 5, 'a')", "(1, 5, 'b')", "(1, 5, 'c')");
        WriteResult result = reversed.night("(1, 5, 'c')", "(1, 5, 'b')", "(1, 5, 'a')");

        assertThat(reversed.published()).hasSize(1).isEqualTo(orders.published());
        assertThat(result.counts()).isEqualTo(new Counts(3, 0, 1, 0, 2, 0, 0));
    }

    @Test
    void noRowsLeaveTheirNotesOnTheBranch() {
        orders.night("(1, 1, 'a')");
        WriteResult nothing = orders.night();

        assertThat(nothing.counts()).isEqualTo(Counts.NONE);
        assertThat(orders.iceberg().currentSnapshot().summary())
                .containsEntry("galley.run", "r2")
                .containsEntry("galley.consumed", "{\"upstream\":2}")
                .containsEntry("total-records", "1");
    }

    @Test
    void aChangeCarriesItsNotesAndIsOneCommit() {
        orders.night("(1, 1, 'a')");
        long first = orders.iceberg().currentSnapshot().snapshotId();
        orders.night("(1, 2, 'b')");

        assertThat(orders.iceberg().currentSnapshot().parentId()).isEqualTo(first);
        assertThat(orders.iceberg().currentSnapshot().summary()).containsEntry("galley.consumed", "{\"upstream\":2}");
    }

    @Test
    void mainIsUntouchedUntilThePublish() {
        orders.night("(1, 1, 'a')");
        long before = orders.iceberg().currentSnapshot().snapshotId();
        List<String> seen = orders.night(
                result -> {
                    assertThat(orders.iceberg().currentSnapshot().snapshotId()).isEqualTo(before);
                    return Nights.shown(Sql.beside(orders.name(), "before"));
                },
                "(1, 2, 'b')");

        assertThat(seen).containsExactly("[1,1,a]");
        assertThat(orders.published()).containsExactly("[1,2,b]");
    }

    @Test
    void whatIsCachedIsReleased() {
        orders.night("(1, 1, 'a')");
        orders.night("(1, 2, 'b')");

        assertThat(SharedSpark.session().sharedState().cacheManager().isEmpty()).isTrue();
    }

    @Test
    void aColumnThatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> orders.during(
                        java.util.Optional.empty(),
                        SharedSpark.session().sql("SELECT 1L AS id, 'x' AS v, 'n' AS name"),
                        r -> r))
                .isInstanceOf(WriteException.class)
                .hasMessageContaining(orders.name().toString())
                .hasMessageContaining("column v is STRING in its SELECT and INT in the table");
    }

    @Test
    void keysOfSeveralColumnsAndAwkwardNamesMerge() {
        Nights odd = new Nights(
                Nights.merge(List.of("order", "li`ne"), "v", List.of()),
                "`order` STRING, `li``ne` INT, v TIMESTAMP, `a b` STRING",
                "");
        odd.night(
                "(\"o'1\", 1, timestamp'2026-01-01 00:00:00', 'x')",
                "(\"o'1\", 2, timestamp'2026-01-01 00:00:00', 'y')");
        List<String> delta = odd.night(
                result -> Nights.shown(Sql.beside(odd.name(), "delta")),
                "(\"o'1\", 2, timestamp'2026-01-01 00:00:00.000001', 'z')");

        assertThat(delta).containsExactly("[o'1,2,2026-01-01 00:00:00.000001,z]");
        assertThat(odd.published())
                .containsExactly("[o'1,1,2026-01-01 00:00:00.0,x]", "[o'1,2,2026-01-01 00:00:00.000001,z]");
    }
}
