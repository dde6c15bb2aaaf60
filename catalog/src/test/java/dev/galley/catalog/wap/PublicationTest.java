package dev.galley.catalog.wap;

import static dev.galley.catalog.Lakehouse.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.Leases;
import dev.galley.catalog.ledger.Ledger;
import dev.galley.catalog.ledger.Published;
import dev.galley.catalog.ledger.Run;
import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.ledger.RunTable;
import dev.galley.catalog.ledger.RunTable.Change;
import dev.galley.catalog.ledger.Status;
import dev.galley.spec.TableName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five tables of every kind, forked, written and published together. */
class PublicationTest {
    private static final List<String> TABLES =
            List.of("silver.plain", "silver.zipped", "silver.trimmed", "silver.newer", "silver.fresh");

    @TempDir
    Path folder;

    private GalleyCatalog catalog;
    private Ledger ledger;
    private Leases leases;

    @BeforeEach
    void open() {
        catalog = new Lakehouse(folder).open();
        ledger = Ledger.open(catalog.database(), Clock.systemUTC());
        leases = new Leases(catalog.database(), Clock.systemUTC());
        Lakehouse.create(catalog, "silver.plain", Map.of());
        Lakehouse.create(catalog, "silver.zipped", Map.of(TableProperties.METADATA_COMPRESSION, "gzip"));
        Lakehouse.create(
                catalog,
                "silver.trimmed",
                Map.of(
                        TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
                        TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "2"));
        Lakehouse.create(catalog, "silver.newer", Map.of(TableProperties.FORMAT_VERSION, "3"));
        Lakehouse.create(catalog, "silver.fresh", Map.of());
        for (String table : TABLES.subList(0, 4)) {
            append(catalog, table, SnapshotRef.MAIN_BRANCH, 1);
        }
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void movesAllTablesOfARunAndNamesTheStateEverywhere() {
        Lakehouse.create(catalog, "gold.untouched", Map.of());
        long untouched = append(catalog, "gold.untouched", SnapshotRef.MAIN_BRANCH, 7);
        Lakehouse.create(catalog, "gold.empty", Map.of());
        RunId run = run();
        try (Lease lease = leases.acquire("p", run)) {
            ledger.begin(run, "p", "run");
            List<Audited> audited = write(run);

            Published published = publication(Crashpoint.NONE)
                    .publish(PublishRequest.of(lease, audited, names("gold.untouched", "gold.empty"), "{\"rows\":5}"));

            assertThat(published.tables())
                    .extracting(RunTable::table, RunTable::change)
                    .containsExactly(
                            tuple(TableName.of("gold.untouched"), Change.TAGGED),
                            tuple(TableName.of("silver.fresh"), Change.MOVED),
                            tuple(TableName.of("silver.newer"), Change.MOVED),
                            tuple(TableName.of("silver.plain"), Change.MOVED),
                            tuple(TableName.of("silver.trimmed"), Change.MOVED),
                            tuple(TableName.of("silver.zipped"), Change.MOVED));
            for (Audited one : audited) {
                Table table = catalog.load(one.table());
                assertThat(table.currentSnapshot().snapshotId()).isEqualTo(one.snapshotId());
                assertThat(ref(one.table(), run.tag())).isEqualTo(one.snapshotId());
                assertThat(table.refs()).doesNotContainKey(run.branch());
            }
            assertThat(ref(TableName.of("gold.untouched"), run.tag())).isEqualTo(untouched);
            assertThat(catalog.load(TableName.of("gold.empty")).refs()).isEmpty();
        }
        Run entry = ledger.run(run).orElseThrow();
        assertThat(entry.status()).isEqualTo(Status.PUBLISHED);
        assertThat(entry.report()).contains("{\"rows\":5}");
        assertThat(ledger.published(run).orElseThrow().tables()).hasSize(6);
    }

    private List<Audited> write(RunId run) {
        AuditBranch branch = new AuditBranch(catalog, run);
        List<Audited> audited = new ArrayList<>();
        for (String table : TABLES) {
            Fork fork = branch.fork(TableName.of(table));
            append(catalog, table, branch.name(), 10);
            audited.add(branch.audited(fork));
        }
        return audited;
    }

    private Publication publication(Crashpoint crashpoint) {
        return new Publication(catalog, ledger, Clock.systemUTC(), 4, crashpoint);
    }

    private long ref(TableName table, String name) {
        return Objects.requireNonNull(catalog.load(table).refs().get(name), name)
                .snapshotId();
    }

    private static RunId run() {
        return RunId.next(Clock.systemUTC(), new Random());
    }

    private static List<TableName> names(String... names) {
        return Stream.of(names).map(TableName::of).toList();
    }
}
