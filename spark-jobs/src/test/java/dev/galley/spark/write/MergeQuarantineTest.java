package dev.galley.spark.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.spark.SharedSpark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class MergeQuarantineTest {
    private static final WriteMode MERGE = Nights.merge(List.of("id"), "v", List.of());

    private final Nights orders = new Nights(MERGE, "id BIGINT, v INT, name STRING", "")
            .refusing("name_given", new CheckRule.NotNull(List.of("name")))
            .refusing("version_small", new CheckRule.AcceptedRange("v", Optional.empty(), Optional.of("9")));

    @Test
    void everyFailedCheckIsAReason() {
        WriteResult result = orders.night("(1, 10, NULL)");

        assertThat(result.refused()).isEqualTo(Map.of("name_given", 1L, "version_small", 1L));
        assertThat(orders.waiting()).containsExactly("1: name_given, version_small");
        Row entry = SharedSpark.sql("SELECT run_id, record, reasons[0].detail, reasons[1].detail, quarantined_at FROM "
                        + orders.quarantine())
                .get(0);
        assertThat(entry.getString(0)).isEqualTo("r1");
        assertThat(entry.getString(1)).isEqualTo("{\"id\":1,\"v\":10}");
        assertThat(entry.getString(2)).isEqualTo("name is null");
        assertThat(entry.getString(3)).isEqualTo("v = 10");
        assertThat(entry.getTimestamp(4).toInstant()).isEqualTo(Nights.CLOCK.instant());
    }

    @Test
    void aGoodVersionReleasesTheWaitingOne() {
        orders.night("(1, 1, 'a')", "(1, 2, NULL)");
        WriteResult healed = orders.night("(1, 3, 'c')");

        assertThat(orders.published()).containsExactly("[1,3,c]");
        assertThat(orders.waiting()).isEmpty();
        assertThat(healed.counts()).isEqualTo(new Counts(1, 1, 1, 1, 0, 0, 0));
        assertThat(SharedSpark.sql("SELECT DISTINCT released_run FROM " + orders.quarantine()))
                .extracting(r -> r.getString(0))
                .containsExactly("r2");
    }

    @Test
    void aRowThatFailsAgainGoesOnWaitingAndIsNotDoubled() {
        orders.night("(1, 2, NULL)", "(2, 1, 'x')");
        long before = SharedSpark.table(orders.quarantine().toString())
                .currentSnapshot()
                .snapshotId();
        WriteResult second = orders.night("(2, 2, 'y')");

        assertThat(orders.waiting()).containsExactly("1: name_given");
        assertThat(second.counts()).isEqualTo(new Counts(1, 1, 1, 0, 0, 1, 1));
        assertThat(second.refused()).isEmpty();
        assertThat(SharedSpark.table(orders.quarantine().toString())
                        .currentSnapshot()
                        .snapshotId())
                .as("nothing is written to quarantine")
                .isEqualTo(before);
    }

    @Test
    void rowsWithMapsWaitAndAreEqualWhateverTheOrderOfTheirEntries() {
        String columns = "id INT, v INT, name STRING, tags MAP<STRING, INT>, by_day MAP<DATE, ARRAY<INT>>";
        Nights mapped = new Nights(MERGE, columns, "").refusing("name_given", new CheckRule.NotNull(List.of("name")));
        mapped.night("(1, 1, NULL, map('a', 1, 'b', 2), map(date'2026-01-01', array(7)))", "(2, 1, 'x', NULL, NULL)");
        WriteResult again = mapped.night(
                "(1, 1, NULL, map('b', 2, 'a', 1), map(date'2026-01-01', array(7)))",
                "(1, 1, NULL, map('b', 2, 'a', NULL), map(date'2026-01-01', array(7)))",
                "(2, 2, 'y', map('a', 1), map(date'2026-01-02', NULL))");

        assertThat(again.counts()).isEqualTo(new Counts(3, 1, 1, 0, 1, 2, 1));
        mapped.without("name_given");
        WriteResult released = mapped.night("(3, 1, 'z', map('c', 3), NULL)");
        assertThat(released.counts()).isEqualTo(new Counts(1, 2, 2, 0, 1, 0, 0));
        assertThat(mapped.waiting()).isEmpty();
        assertThat(SharedSpark.sql(
                        "SELECT tags['b'], by_day[date'2026-01-01'][0] FROM " + mapped.name() + " WHERE id = 1"))
                .extracting(Row::toString)
                .containsExactly("[2,7]");
    }

    @Test
    void aRefusedRowWhoseValueStandsInAnotherColumnIsNoCopy() {
        Nights columns = new Nights(MERGE, "id INT, v INT, a INT, b INT, name STRING", "")
                .refusing("name_given", new CheckRule.NotNull(List.of("name")));
        WriteResult result = columns.night("(1, 1, 5, NULL, NULL)", "(1, 1, NULL, 5, NULL)");

        assertThat(result.counts()).isEqualTo(new Counts(2, 0, 0, 0, 0, 2, 0));
    }

    @Test
    void aRowIsReleasedWhenItsPartnerArrives() {
        Nights lines = new Nights(MERGE, "id BIGINT, v INT, customer_id STRING", "");
        TableName customers = new TableName(lines.name().namespace(), "customers");
        SharedSpark.sql("CREATE TABLE " + customers + " (customer_id STRING) USING iceberg");
        SharedSpark.sql("INSERT INTO " + customers + " VALUES ('c1'), ('c1')");
        lines.refusing(
                "customer_known",
                new CheckRule.Relationships(List.of("customer_id"), customers, List.of("customer_id")));

        lines.night("(1, 1, 'c1')", "(2, 1, 'c2')", "(3, 1, NULL)");
        assertThat(lines.published()).containsExactly("[1,1,c1]", "[3,1,null]");
        assertThat(lines.waiting()).containsExactly("2: customer_known");
        assertThat(SharedSpark.sql("SELECT reasons[0].detail FROM " + lines.quarantine())
                        .get(0)
                        .getString(0))
                .isEqualTo("customer_id = c2 is not in " + customers + ".customer_id");

        SharedSpark.sql("INSERT INTO " + customers + " VALUES ('c2')");
        WriteResult second = lines.night();
        assertThat(lines.published()).containsExactly("[1,1,c1]", "[2,1,c2]", "[3,1,null]");
        assertThat(lines.waiting()).isEmpty();
        assertThat(second.counts()).isEqualTo(new Counts(0, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void aWaitingRowReadsBackToTheLastDigit() {
        Nights exact = new Nights(
                MERGE,
                "id STRING, v TIMESTAMP, amount DECIMAL(38,18), d DATE, x DOUBLE, b BINARY,"
                        + " items ARRAY<STRUCT<n: INT, s: STRING>>, ok STRING",
                "");
        TableName partner = new TableName(exact.name().namespace(), "partner");
        SharedSpark.sql("CREATE TABLE " + partner + " (ok STRING) USING iceberg");
        exact.refusing("ok_known", new CheckRule.Relationships(List.of("ok"), partner, List.of("ok")));
        String row = "('\"ü\\\\\\n', timestamp'2026-11-21 11:30:00.123456', 12345678901234567890.123456789012345678BD,"
                + " date'0099-02-28', double('0.1'), X'00ff', array(named_struct('n', 1, 's', 'a'),"
                + " named_struct('n', CAST(NULL AS INT), 's', CAST(NULL AS STRING)), NULL), 'k')";
        exact.night(row);
        assertThat(exact.waiting()).hasSize(1);
        SharedSpark.sql("INSERT INTO " + partner + " VALUES ('k')");
        exact.night();

        assertThat(exact.waiting()).isEmpty();
        assertThat(SharedSpark.session()
                        .table(exact.name().toString())
                        .except(exact.rows(row))
                        .count())
                .isZero();
        assertThat(exact.published()).hasSize(1);
    }
}
