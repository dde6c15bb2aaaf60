package dev.galley.spark.bronze;

import static dev.galley.spark.bronze.LandedFiles.contract;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.Contract;
import dev.galley.definition.table.TableName;
import dev.galley.landing.StoreException;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.bronze.BronzeWriter.Written;
import dev.galley.spark.store.LandedPart;
import dev.galley.spark.view.ConsumedOffsets;
import dev.galley.spark.view.RunView;
import dev.galley.spark.view.SnapshotNotes;
import dev.galley.spark.write.QuarantineTable;
import dev.galley.spark.write.TableOpener;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Landed parts become bronze rows and quarantined ones, none lost, on the run's branch. */
class BronzeWriterTest {
    private static final String BRANCH = "audit_r7";
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Contract CONTRACT =
            contract("order_id: string!", "total: decimal(18,2)", "lines: array<struct<n: int not null>>");
    private static final SnapshotNotes NOTES = new SnapshotNotes("r7", "m1", new ConsumedOffsets(Map.of("batch", 9L)));

    @TempDir
    private Path folder;

    private TableName table = new TableName("none", "none");
    private TableName quarantine = new TableName("none", "none");

    @BeforeEach
    void openARun() {
        table = new TableName(SharedSpark.namespace(), "orders");
        quarantine = table.quarantine();
        SharedSpark.sql("CREATE NAMESPACE IF NOT EXISTS quarantine");
        create(table, LandedSchema.bronze(CONTRACT));
        create(quarantine, QuarantineTable.LANDED_SCHEMA);
        SharedSpark.catalog()
                .enter(new RunView(
                        BRANCH, Map.of(table, fork(table), quarantine, fork(quarantine)), table -> null, Map.of()));
    }

    @AfterEach
    void leave() {
        SharedSpark.catalog().leave();
    }

    @Test
    void writesWhatFitsToTheBranchAndNothingElse() {
        Written written = write(part(0, good("a"), good("b")), part(1, good("c")));

        assertThat(written).isEqualTo(new Written(3, 0));
        assertThat(rows("SELECT order_id, total, lines[0].n, _rescued, _batch, _part, _line, _fetched_at FROM " + table
                        + " ORDER BY order_id"))
                .containsExactly(
                        "[a,10.50,1,{\"odd\":1.0},9,part-00000.ndjson.zst,1,2026-11-21 03:04:05.678901]",
                        "[b,10.50,1,{\"odd\":1.0},9,part-00000.ndjson.zst,2,2026-11-21 03:04:05.678901]",
                        "[c,10.50,1,{\"odd\":1.0},9,part-00001.ndjson.zst,1,2026-11-21 03:04:05.678901]");
        assertThat(head(table).summary()).containsEntry("galley.run", "r7").containsEntry("galley.model", "m1");
        assertThat(SharedSpark.table(table.toString()).currentSnapshot()).isNull();
        assertThat(rows("SELECT * FROM " + quarantine)).isEmpty();
    }

    @Test
    void quarantinesWhatDoesNotFitWithItsTextAndEveryReason() {
        String bad = "{\"total\": 10.005, \"order_id\":null}";
        Written written = write(part(0, good("a"), bad, good("b")), part(1, "5"));

        assertThat(written).isEqualTo(new Written(2, 2));
        assertThat(rows("SELECT order_id FROM " + table + " ORDER BY order_id")).containsExactly("[a]", "[b]");
        List<Row> refused = SharedSpark.sql("SELECT * FROM " + quarantine + " ORDER BY table_key");
        assertThat(refused.get(0).<String>getAs("table_key")).isEqualTo("9/part-00000.ndjson.zst/2");
        assertThat(refused.get(0).<String>getAs("record")).isEqualTo(bad);
        assertThat(refused.get(0).<Row>getList(3).stream().map(Row::toString))
                .containsExactly(
                        "[scale,total: 10.005 has 3 decimal places, decimal(18,2) keeps 2]",
                        "[required,order_id: null]");
        assertThat(refused.get(0).<Timestamp>getAs("quarantined_at").toInstant())
                .isEqualTo(NOW);
        assertThat(refused.get(0).<String>getAs("run_id")).isEqualTo("r7");
        assertThat(refused.get(0).<Object>getAs("released_run")).isNull();
        assertThat(refused.get(1).<String>getAs("table_key")).isEqualTo("9/part-00001.ndjson.zst/1");
        assertThat(refused.get(1).<Long>getAs("_line")).isEqualTo(1);
        assertThat(SharedSpark.table(quarantine.toString()).currentSnapshot()).isNull();
    }

    @Test
    void balancesWhereEverythingIsRefusedAndWhereThereIsNothing() {
        assertThat(write(part(0, "{}", "{}", "{}"))).isEqualTo(new Written(0, 3));
        assertThat(write()).isEqualTo(new Written(0, 0));
        assertThat(head(table).summary()).containsEntry("galley.run", "r7");
    }

    @Test
    void failsWithTheNameOfAPartThatIsNotAsSealed() {
        LandedPart part = part(0, good("a"));
        LandedPart other = new LandedPart(part.uri(), 9, part.name(), 1, part.bytes(), "00");

        assertThatThrownBy(() -> write(other))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                .hasMessageStartingWith("Cannot read " + part.uri() + ": its checksum differs from its seal");
        assertThat(rows("SELECT * FROM " + table)).isEmpty();
    }

    private Written write(LandedPart... parts) {
        return new BronzeWriter(SharedSpark.session(), Clock.fixed(NOW, ZoneOffset.UTC), TableOpener.ALL_OPEN)
                .write(table, CONTRACT, List.of(parts), NOTES);
    }

    private LandedPart part(int number, String... records) {
        return LandedFiles.part(
                folder,
                "part-0000" + number + ".ndjson.zst",
                9,
                Arrays.stream(records).map(LandedFiles::envelope).toList());
    }

    private static String good(String id) {
        return "{\"order_id\":\"" + id + "\",\"total\":10.50,\"lines\":[{\"n\":1}],\"odd\":1.0}";
    }

    private static List<String> rows(String query) {
        return SharedSpark.sql(query).stream().map(Row::toString).toList();
    }

    private static void create(TableName name, StructType schema) {
        SharedSpark.sql("CREATE TABLE " + name + " (" + schema.toDDL() + ") USING iceberg");
    }

    private static long fork(TableName name) {
        Table table = SharedSpark.table(name.toString());
        table.manageSnapshots().createBranch(BRANCH).commit();
        table.refresh();
        return table.snapshot(BRANCH).snapshotId();
    }

    private static Snapshot head(TableName name) {
        return SharedSpark.table(name.toString()).snapshot(BRANCH);
    }
}
