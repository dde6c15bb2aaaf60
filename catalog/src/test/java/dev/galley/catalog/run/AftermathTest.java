package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.TABLES;
import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.Lakehouse;
import dev.galley.definition.table.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a publication leaves is an ordinary Iceberg table. */
class AftermathTest {
    private static final TableName PLAIN = TableName.of("silver.plain");

    @SuppressWarnings("unused") // names the cases below
    private static final List<TableName> CASES = TABLES;

    @TempDir
    Path folder;

    private FiveTables five;

    @BeforeEach
    void create() {
        Lakehouse lakehouse = new Lakehouse(folder);
        five = FiveTables.create(lakehouse, lakehouse.open(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        five.close();
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void ordinaryWritesAndExpiryGoOn(TableName name) {
        publish();
        publish();
        long before = five.rows(name);

        Lakehouse.append(five.catalog(), name.toString(), "main", 5);
        Table table = five.catalog().load(name);
        table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

        assertThat(five.rows(name)).isEqualTo(before + 5);
        assertThat(five.catalog().load(name).refs().keySet().stream().filter(ref -> ref.startsWith("run_")))
                .hasSize(2);
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void metadataLogNamesTheReplacedFileLastAndAllItsFilesExist(TableName name) {
        publish();
        RunId run = publish();

        TableMetadata now = metadata(name);
        List<String> log =
                now.previousFiles().stream().map(MetadataLogEntry::file).toList();
        assertThat(five.ledger().published(run).orElseThrow().tables())
                .filteredOn(table -> table.name().equals(name))
                .singleElement()
                .satisfies(table -> {
                    assertThat(log).last().isEqualTo(table.fromLocation());
                    assertThat(table.toLocation()).isEqualTo(now.metadataFileLocation());
                });
        assertThat(log).allSatisfy(file -> assertThat(Path.of(file)).exists());
    }

    @Test
    void oldMetadataGoesOnlyWhereTheTableSaysSoAndOnlyAfterTheCommit() {
        TableName trimmed = TableName.of("silver.trimmed");
        RunId run = nextRun();
        int[] staged = new int[1];
        try (Lease lease = five.leases().acquire("p", run)) {
            five.ledger().begin(run, "p", RunRecord.Kind.RUN);
            List<RunReport.Head> audited = five.write(run);
            int files = files(trimmed);
            five.publication(step -> {
                        if (step.equals("commit")) {
                            staged[0] = files(trimmed);
                        }
                    })
                    .publish(FiveTables.request(lease, audited));
            assertThat(staged[0]).isEqualTo(files + 1);
        }
        assertThat(files(trimmed)).isEqualTo(3); // the current one and two before
    }

    @Test
    void formatOfTheFileNamesGoesOn() {
        publish();

        assertThat(metadata(TableName.of("silver.zipped")).metadataFileLocation())
                .matches(".*/0000\\d-[-0-9a-f]+\\.gz\\.metadata\\.json");
        assertThat(metadata(PLAIN).metadataFileLocation()).matches(".*/0000\\d-[-0-9a-f]+\\.metadata\\.json");
    }

    @Test
    void timeTravelToBeforeThePublishShowsTheOldRows() throws Exception {
        RunId run = nextRun();
        long between;
        try (Lease lease = five.leases().acquire("p", run)) {
            five.ledger().begin(run, "p", RunRecord.Kind.RUN);
            List<RunReport.Head> audited = five.write(run);
            Thread.sleep(5);
            between = System.currentTimeMillis(); // written, not published
            Thread.sleep(5);
            five.publication().publish(FiveTables.request(lease, audited));
        }
        Table table = five.catalog().load(PLAIN);
        long then = SnapshotUtil.snapshotIdAsOfTime(table, between);
        assertThat(table.snapshot(then).summary()).containsEntry("total-records", "1");
        long now = SnapshotUtil.snapshotIdAsOfTime(table, System.currentTimeMillis());
        assertThat(table.snapshot(now).summary()).containsEntry("total-records", "11");
    }

    @Test
    void mainKeepsItsRetention() {
        five.catalog()
                .load(PLAIN)
                .manageSnapshots()
                .setMinSnapshotsToKeep("main", 7)
                .setMaxSnapshotAgeMs("main", 1234)
                .commit();

        publish();

        SnapshotRef main = metadata(PLAIN).ref("main");
        assertThat(main.minSnapshotsToKeep()).isEqualTo(7);
        assertThat(main.maxSnapshotAgeMs()).isEqualTo(1234);
    }

    @Test
    void expiryWhileARunIsOpenTakesNothingOfItsBranches() {
        five.catalog()
                .load(PLAIN)
                .updateProperties()
                .set(TableProperties.MAX_REF_AGE_MS, "1")
                .set(TableProperties.MAX_SNAPSHOT_AGE_MS, "1")
                .commit();
        RunId run = nextRun();
        try (Lease lease = five.leases().acquire("p", run)) {
            five.ledger().begin(run, "p", RunRecord.Kind.RUN);
            AuditBranch branch = new AuditBranch(five.catalog(), run);
            Fork fork = branch.fork(PLAIN);
            for (int i = 0; i < 4; i++) {
                Lakehouse.append(five.catalog(), PLAIN.toString(), branch.name(), 1);
            }
            ExpireSnapshots expiry = five.catalog().load(PLAIN).expireSnapshots();
            expiry.expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

            five.publication().publish(FiveTables.request(lease, List.of(branch.audited(fork))));
        }
        assertThat(five.rows(PLAIN)).isEqualTo(5);
        assertThat(SnapshotUtil.currentAncestors(five.catalog().load(PLAIN)))
                .allMatch(snapshot -> Files.exists(Path.of(snapshot.manifestListLocation())));
    }

    @Test
    void firstLoadShowsNoRowsUntilItIsPublished() {
        TableName fresh = TableName.of("silver.fresh");
        RunId run = nextRun();
        AuditBranch branch = new AuditBranch(five.catalog(), run);

        Fork fork = branch.fork(fresh);
        Lakehouse.append(five.catalog(), fresh.toString(), branch.name(), 10);

        Table table = five.catalog().load(fresh);
        assertThat(fork.forkedAt()).isNull();
        assertThat(table.snapshot(fork.before()).summary()).containsEntry("total-records", "0");
        assertThat(table.currentSnapshot()).isNull();
        assertThat(table.refs()).containsOnlyKeys(branch.name());
    }

    private RunId publish() {
        RunId run = nextRun();
        try (Lease lease = five.leases().acquire("p", run)) {
            five.ledger().begin(run, "p", RunRecord.Kind.RUN);
            five.publication().publish(FiveTables.request(lease, five.write(run)));
        }
        return run;
    }

    private TableMetadata metadata(TableName table) {
        return ((BaseTable) five.catalog().load(table)).operations().current();
    }

    private int files(TableName table) {
        return (int) five.metadataFiles().stream()
                .filter(file -> file.toString().contains("/" + table.name() + "-"))
                .count();
    }
}
