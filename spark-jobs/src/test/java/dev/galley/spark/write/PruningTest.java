package dev.galley.spark.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.run.CheckResult;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.TypedSteps;
import dev.galley.spark.audit.Audited;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PruningTest {
    private final Nights orders = new Nights(
            Nights.merge(List.of("id"), "v", List.of("placed_at")),
            "id BIGINT, v INT, placed_at TIMESTAMP",
            "days(placed_at)");

    @Test
    void aMergeRewritesNoFileOfAnotherDay() throws IOException {
        orders.night(order(1, 1, "01"), order(2, 1, "02"), order(3, 1, "03"), order(4, 1, "01"));
        Map<String, String> before = files();
        orders.night(order(1, 2, "01"), order(5, 1, "04"));
        Map<String, String> after = files();

        assertThat(orders.published()).hasSize(5).contains("[1,2,2026-01-01 10:00:00.0]");
        assertThat(before.keySet()).hasSize(3);
        assertThat(after.keySet()).hasSize(4);
        before.forEach((day, file) -> {
            if (day.contains("01-01")) {
                assertThat(after.get(day)).as(day).isNotEqualTo(file);
            } else {
                assertThat(after.get(day)).as(day).isEqualTo(file);
            }
        });
    }

    @Test
    void aNewerVersionThatMovesToAnotherDayOfTheDeltaIsRefused() {
        orders.night(order(1, 1, "01"), order(2, 1, "02"));
        WriteResult moved = orders.night(order(1, 2, "02"), order(2, 2, "02"), order(3, 1, "01"));

        assertThat(orders.published())
                .containsExactly(
                        "[1,1,2026-01-01 10:00:00.0]", "[2,2,2026-01-02 10:00:00.0]", "[3,1,2026-01-01 10:00:00.0]");
        assertThat(orders.waiting()).containsExactly("1: immutable");
        assertThat(moved.counts()).isEqualTo(new Counts(3, 0, 2, 0, 0, 1, 0));
        assertThat(SharedSpark.sql("SELECT reasons[0].detail FROM " + orders.quarantine())
                        .get(0)
                        .getString(0))
                .isEqualTo("placed_at was 2026-01-01 10:00:00 and is 2026-01-02 10:00:00");
    }

    @Test
    void aPromiseToBeImmutableIsTrustedBeyondTheDaysOfTheDeltaAndCheckedByAWholeUnique() {
        orders.checking("once", new CheckRule.Unique(List.of("id")), Check.OnFail.BLOCK, Check.Scope.WHOLE);
        orders.night(order(1, 1, "01"));
        List<CheckResult> checks =
                orders.night(result -> Nights.audit("r2").of(new Audited(orders.table(), result)), order(1, 2, "05"));

        assertThat(checks)
                .singleElement()
                .satisfies(check -> assertThat(check.outcome()).isEqualTo(CheckResult.Outcome.FAILED))
                .satisfies(check -> assertThat(check.sampleKeys()).containsExactly("1"));
    }

    @Test
    void aNewerVersionThatMovesWithinItsDayIsRefused() {
        orders.night(order(1, 1, "01"));
        orders.night("(1, 2, timestamp'2026-01-01 11:00:00')");

        assertThat(orders.published()).containsExactly("[1,1,2026-01-01 10:00:00.0]");
        assertThat(orders.waiting()).containsExactly("1: immutable");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            DATE         | years(m)         | date'2026-02-03' | date'2026-11-30' | date'2025-02-03'
            DATE         | months(m)        | date'2026-02-03' | date'2026-02-28' | date'2026-03-03'
            TIMESTAMP    | hours(m)         | timestamp'1969-12-31 23:10:00' | timestamp'1969-12-31 23:59:59' | timestamp'1970-01-01 00:00:00'
            BIGINT       | bucket(4, m)     | 1                | 2                | 3
            STRING       | truncate(2, m)   | 'oslo'           | 'osaka'          | 'rome'
            DECIMAL(9,2) | truncate(100, m) | 7.25             | 7.99             | 8.00
            DOUBLE       | m                | 0.0D             | 1.0D             | 2.0D
            """)
    void aNewerVersionThatMovesWithinItsPartitionIsRefusedByName(
            String type, String partition, String value, String near, String far) {
        Nights moving =
                new Nights(Nights.merge(List.of("id"), "v", List.of("m")), "id INT, v INT, m " + type, partition);
        moving.night("(1, 1, " + value + ")", "(2, 1, " + value + ")", "(3, 1, " + far + ")", "(4, 1, NULL)");

        WriteResult result =
                moving.night("(1, 2, " + near + ")", "(2, 2, " + value + ")", "(3, 2, " + far + ")", "(4, 2, NULL)");

        assertThat(result.counts()).isEqualTo(new Counts(4, 0, 3, 0, 0, 1, 0));
        assertThat(moving.published()).hasSize(4);
        assertThat(moving.waiting()).containsExactly("1: immutable");

        Pruning pruning = Pruning.of(moving.iceberg(), List.of("M"));
        if (pruning.prunes()) {
            Column[] facts = pruning.aggregates().toArray(Column[]::new);
            Row known = moving.rows("(9, 1, " + value + ")")
                    .agg(facts[0], facts[1], facts[2], facts[3])
                    .head();
            Dataset<Row> found = SharedSpark.session()
                    .table(moving.name().toString())
                    .as("t")
                    .where(pruning.condition(known, 0, "t"));
            assertThat(found.count()).isEqualTo(2);
            assertThat(found.queryExecution().executedPlan().toString())
                    .as("files of other partitions are left out")
                    .containsPattern("filters=\\w+(\\[\\d+])?\\(m\\) = ");
        } else {
            assertThat(type).isEqualTo("DOUBLE");
        }
    }

    @Test
    void aKeyThatStandsTwiceIsNamedWithTheWayOut() {
        orders.night(order(1, 1, "01"), order(2, 1, "01"), order(3, 1, "02"));
        SharedSpark.sql("INSERT INTO " + orders.name() + " VALUES " + order(2, 2, "01"));

        assertThatThrownBy(() -> orders.night(order(2, 3, "01"), order(3, 2, "02")))
                .isInstanceOf(WriteException.class)
                .hasMessage(
                        "Cannot write " + orders.name() + ": key 2 stands in 2 of its rows; id must be unique."
                                + " Versions of one key came with other values of placed_at, or something else wrote the table.")
                .extracting(TypedSteps::of)
                .asString()
                .isEqualTo("[Build it anew from its upstreams: bin/galley run PIPELINE --full-refresh]");

        orders.anew(order(2, 1, "01"), order(2, 3, "01"), order(3, 2, "02"));
        assertThat(orders.published()).containsExactly("[2,3,2026-01-01 10:00:00.0]", "[3,2,2026-01-02 10:00:00.0]");
    }

    @Test
    void anOlderGoodVersionAppliesThoughANewerOneMoves() {
        orders.night(order(1, 1, "01"));
        WriteResult result = orders.night(order(1, 2, "01"), order(1, 3, "09"));

        assertThat(orders.published()).containsExactly("[1,2,2026-01-01 10:00:00.0]");
        assertThat(result.counts()).isEqualTo(new Counts(2, 0, 1, 0, 0, 1, 0));
    }

    @Test
    void aVersionWithoutTheImmutableValueFindsItsRow() {
        orders.night("(1, 1, NULL)", order(2, 1, "02"));
        orders.night("(1, 2, NULL)");

        assertThat(orders.published()).containsExactly("[1,2,null]", "[2,1,2026-01-02 10:00:00.0]");
    }

    @Test
    void moreThanAThousandValuesBecomeARange() {
        Nights days = new Nights(Nights.merge(List.of("id"), "v", List.of("d")), "id BIGINT, v INT, d INT", "d");
        Pruning pruning = Pruning.of(days.iceberg(), List.of("d"));

        assertThat(condition(pruning, 1_000)).startsWith("(t.`d` IN (0, 1,").endsWith("999))");
        assertThat(condition(pruning, 1_001)).isEqualTo("(t.`d` BETWEEN 0 AND 1000)");
    }

    @Test
    void anImmutableColumnThatPartitionsNothingPrunesNothing() {
        assertThat(Pruning.of(orders.iceberg(), List.of("id")).prunes()).isFalse();
        assertThat(Pruning.of(orders.iceberg(), List.of()).prunes()).isFalse();
    }

    @Test
    void groupsAreReplacedInTheirDaysOnly() throws IOException {
        Nights lines = new Nights(
                        Nights.replaceGroups(List.of("id"), "v", List.of("placed_at")),
                        "id BIGINT, v INT, placed_at TIMESTAMP, line INT",
                        "days(placed_at)")
                .refusing("line_given", new CheckRule.NotNull(List.of("line")));
        lines.night(line(1, 1, "01", 1), line(1, 1, "01", 2), line(2, 1, "02", 1));
        Map<String, String> before = files(lines);
        WriteResult result = lines.night(line(1, 2, "01", 7), line(1, 3, "03", 1));

        assertThat(lines.published()).containsExactly("[1,2,2026-01-01 10:00:00.0,7]", "[2,1,2026-01-02 10:00:00.0,1]");
        assertThat(lines.waiting()).containsExactly("1: immutable");
        assertThat(result.counts()).isEqualTo(new Counts(2, 0, 1, 0, 0, 1, 0));
        assertThat(files(lines)).containsAllEntriesOf(Map.of(day("02"), before.get(day("02"))));
    }

    private static String condition(Pruning pruning, int values) {
        Column[] facts = pruning.aggregates().toArray(Column[]::new);
        Row row = SharedSpark.session()
                .range(values)
                .selectExpr("CAST(id AS INT) AS d")
                .agg(facts[0], facts[1], facts[2], facts[3])
                .head();
        return pruning.condition(row, 0, "t");
    }

    private Map<String, String> files() throws IOException {
        return files(orders);
    }

    private static Map<String, String> files(Nights nights) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (CloseableIterable<FileScanTask> tasks = nights.iceberg().newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                files.merge(
                        task.spec().partitionToPath(task.file().partition()),
                        task.file().location(),
                        (a, b) -> a + b);
            }
        }
        return files;
    }

    private static String day(String day) {
        return "placed_at_day=2026-01-" + day;
    }

    private static String order(int id, int version, String day) {
        return "(%d, %d, timestamp'2026-01-%s 10:00:00')".formatted(id, version, day);
    }

    private static String line(int id, int version, String day, int line) {
        return "(%d, %d, timestamp'2026-01-%s 10:00:00', %d)".formatted(id, version, day, line);
    }
}
