package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.TestClock;
import dev.galley.catalog.run.PublishedRun.Change;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.TableMetadataParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // a lease or lock is held, not used
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class PublicationTest {
    private static final TableName PLAIN = TableName.of("silver.plain");
    private static final TableName ZIPPED = TableName.of("silver.zipped");
    private static final List<Long> BEFORE = List.of(0L, 1L, 1L, 1L, 1L);
    private static final List<Long> AFTER = List.of(10L, 11L, 11L, 11L, 11L);

    @TempDir
    Path folder;

    private final DatabaseKind kind;

    private final TestClock clock = new TestClock();
    private FiveTables five;
    private GalleyCatalog catalog;

    PublicationTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        Lakehouse lakehouse = kind.lakehouse(folder);
        catalog = lakehouse.open();
        five = FiveTables.create(lakehouse, catalog, clock);
    }

    @AfterEach
    void close() {
        five.close();
    }

    @Test
    void movesAllTablesOfARunAndNamesTheStateEverywhere() {
        Lakehouse.create(catalog, "gold.untouched", Map.of());
        long untouched = Lakehouse.append(catalog, "gold.untouched", "main", 7);
        Lakehouse.create(catalog, "gold.empty", Map.of());
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            List<RunReport.Head> audited = five.write(run);
            assertThat(five.allRows()).isEqualTo(BEFORE);

            PublishedRun published = five.publication().publish(FiveTables.request(lease, audited, "{\"rows\":5}"));

            assertThat(published.tables())
                    .extracting(table -> table.name().toString(), PublishedRun.Table::change)
                    .containsExactly(
                            tuple("gold.untouched", Change.TAGGED),
                            tuple("silver.fresh", Change.MOVED),
                            tuple("silver.newer", Change.MOVED),
                            tuple("silver.plain", Change.MOVED),
                            tuple("silver.trimmed", Change.MOVED),
                            tuple("silver.zipped", Change.MOVED));
            assertThat(five.allRows()).isEqualTo(AFTER);
            for (RunReport.Head one : audited) {
                assertThat(five.ref(one.table(), "main")).isEqualTo(one.audited());
                assertThat(five.ref(one.table(), run.tag())).isEqualTo(one.audited());
                assertThat(catalog.load(one.table()).refs()).doesNotContainKey(run.branch());
            }
            assertThat(five.ref(TableName.of("gold.untouched"), run.tag())).isEqualTo(untouched);
            assertThat(catalog.load(TableName.of("gold.empty")).refs()).isEmpty();
        }
        RunRecord entry = five.ledger().run(run).orElseThrow();
        assertThat(entry.status()).isEqualTo(Status.PUBLISHED);
        assertThat(entry.exitCode()).hasValue(0);
        assertThat(entry.reportJson()).contains("{\"rows\":5}");
        assertThat(five.ledger().published(run).orElseThrow().tables()).hasSize(6);
    }

    @Test
    void publishingAgainAnswersTheSameAndChangesNothing() {
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            Publication.Request request = FiveTables.request(lease, five.write(run));
            PublishedRun first = five.publication().publish(request);
            Map<TableName, String> locations = catalog.locations();
            clock.pass(Duration.ofMinutes(1));

            assertThat(five.publication().publish(request)).isEqualTo(first);

            assertThat(catalog.locations()).isEqualTo(locations);
        }
    }

    @Test
    void twoThatPublishTheSameRunAtOnceGetTheSameAnswer() {
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            Publication.Request request = FiveTables.request(lease, five.write(run));
            AtomicBoolean raced = new AtomicBoolean();
            PublishedRun[] other = new PublishedRun[1];
            PublishedRun loser = five.publication(step -> {
                        if (step.equals("staged") && raced.compareAndSet(false, true)) {
                            other[0] = five.publication().publish(request);
                        }
                    })
                    .publish(request);

            assertThat(loser).isEqualTo(other[0]);
            assertThat(five.allRows()).isEqualTo(AFTER);
            assertThat(catalog.locations().values())
                    .allSatisfy(location -> assertThat(Path.of(location)).exists());
        }
    }

    @Test
    void mainThatMovedOnOneOfFiveTablesStopsAllFive() {
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            List<RunReport.Head> audited = five.write(run);
            Lakehouse.append(catalog, "silver.plain", "main", 100);
            Lakehouse.append(catalog, "silver.zipped", "main", 100);
            List<Path> files = five.metadataFiles();

            assertThatThrownBy(() -> five.publication().publish(FiveTables.request(lease, audited)))
                    .isInstanceOfSatisfying(MainMovedException.class, e -> {
                        assertThat(e.tables()).containsExactly(PLAIN, ZIPPED);
                        assertThat(e.exitCode()).isEqualTo(ExitCode.MAIN_MOVED);
                    })
                    .hasMessageContaining("main moved since the run began, in silver.plain, silver.zipped");

            assertThat(five.allRows()).isEqualTo(List.of(0L, 1L, 101L, 1L, 101L));
            assertThat(five.ledger().published(run)).isEmpty();
            assertThat(five.metadataFiles()).isEqualTo(files);
        }
    }

    @Test
    void mainThatAppearedDuringAFirstLoadStopsAllFive() {
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            List<RunReport.Head> audited = five.write(run);
            Lakehouse.append(catalog, "silver.fresh", "main", 100);

            assertThatThrownBy(() -> publish(lease, audited))
                    .isInstanceOfSatisfying(
                            MainMovedException.class,
                            e -> assertThat(e.tables()).containsExactly(TableName.of("silver.fresh")))
                    .hasMessageContaining("main moved since the run began, in silver.fresh");

            assertThat(five.allRows()).isEqualTo(List.of(100L, 1L, 1L, 1L, 1L));
            assertThat(five.ledger().published(run)).isEmpty();
        }
    }

    @Test
    void mainThatMovesBetweenStagingAndTheTransactionStopsAllFive() {
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            List<RunReport.Head> audited = five.write(run);
            AtomicBoolean once = new AtomicBoolean();

            assertThatThrownBy(() -> five.publication(step -> {
                                if (step.equals("staged") && once.compareAndSet(false, true)) {
                                    Lakehouse.append(catalog, "silver.plain", "main", 100);
                                }
                            })
                            .publish(FiveTables.request(lease, audited)))
                    .isInstanceOfSatisfying(
                            MainMovedException.class,
                            e -> assertThat(e.tables()).containsExactly(PLAIN));

            assertThat(five.allRows()).isEqualTo(List.of(0L, 1L, 101L, 1L, 1L));
            assertThat(five.ledger().published(run)).isEmpty();
            assertThat(five.ledger().run(run).orElseThrow().status()).isEqualTo(Status.RUNNING);
        }
    }

    @Test
    void changeThatLeavesMainAloneDoesNotDisturb() {
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            List<RunReport.Head> audited = five.write(run);
            AtomicBoolean once = new AtomicBoolean();

            five.publication(step -> {
                        if (step.equals("staged") && once.compareAndSet(false, true)) {
                            catalog.load(PLAIN).updateProperties().set("a", "b").commit();
                        }
                    })
                    .publish(FiveTables.request(lease, audited));

            assertThat(five.allRows()).isEqualTo(AFTER);
            assertThat(catalog.load(PLAIN).properties()).containsEntry("a", "b");
            assertThat(once).isTrue();
        }
    }

    @Test
    void branchThatChangedAfterItsAuditIsRefused() {
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            List<RunReport.Head> audited = five.write(run);
            Lakehouse.append(catalog, "silver.plain", run.branch(), 3);

            assertThatThrownBy(() -> publish(lease, audited))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("branch " + run.branch() + " of silver.plain changed after its audit");

            assertThat(five.allRows()).isEqualTo(BEFORE);
        }
    }

    @Test
    void branchThatIsGoneIsRefused() {
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            List<RunReport.Head> audited = five.write(run);
            new AuditBranch(catalog, run).drop(PLAIN);

            assertThatThrownBy(() -> publish(lease, audited))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("of silver.plain is gone");

            assertThat(five.allRows()).isEqualTo(BEFORE);
        }
    }

    @Test
    void branchThatNoLongerLeadsBackToMainIsRefused() {
        long older = five.ref(PLAIN, "main");
        Lakehouse.append(catalog, "silver.plain", "main", 5);
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            AuditBranch branch = new AuditBranch(catalog, run);
            Fork fork = branch.fork(PLAIN);
            catalog.load(PLAIN)
                    .manageSnapshots()
                    .replaceBranch(branch.name(), older)
                    .commit();

            assertThatThrownBy(() -> publish(lease, List.of(branch.audited(fork))))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("branch " + run.branch() + " of silver.plain no longer leads back to main");

            assertThat(five.rows(PLAIN)).isEqualTo(6);
        }
    }

    @Test
    void runWhoseLeaseWasTakenOverCanNotPublish() {
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            List<RunReport.Head> audited = five.write(run);
            clock.pass(Leases.LIFE.plusSeconds(1));
            try (Lease taken = five.leases().acquire("p", nextRun())) {
                assertThat(taken.token()).isEqualTo(lease.token() + 1);

                assertThatThrownBy(() -> publish(lease, audited))
                        .isInstanceOf(LeaseLostException.class)
                        .hasMessageContaining("nothing was published");
            }
            assertThat(five.allRows()).isEqualTo(BEFORE);
            assertThat(five.ledger().published(run)).isEmpty();
        }
    }

    @Test
    void discardedRunCanNotPublish() {
        RunId run = nextRun();
        List<RunReport.Head> audited;
        try (Lease lease = begin(run)) {
            audited = five.write(run);
            five.ledger().finish(run, Status.HELD, 5, "{}");
        }
        five.ledger().close(run, Set.of(Status.HELD), Status.DISCARDED);

        try (Lease lease = five.leases().acquire("p", run)) {
            assertThatThrownBy(() -> publish(lease, audited)).isInstanceOf(RunException.class);
        }
        assertThat(five.allRows()).isEqualTo(BEFORE);
    }

    @Test
    void heldRunIsPublishedByALaterLease() {
        RunId run = nextRun();
        List<RunReport.Head> audited;
        try (Lease lease = begin(run)) {
            audited = five.write(run);
            five.ledger().finish(run, Status.HELD, 5, "{}");
        }
        try (Lease lease = five.leases().acquire("p", run)) {
            publish(lease, audited);
        }
        assertThat(five.allRows()).isEqualTo(AFTER);
        assertThat(five.ledger().run(run).orElseThrow().status()).isEqualTo(Status.PUBLISHED);
    }

    @Test
    void tableThatTheRunDidNotWriteToKeepsMainAndGetsTheTag() {
        RunId run = nextRun();
        try (Lease lease = begin(run)) {
            AuditBranch branch = new AuditBranch(catalog, run);
            RunReport.Head published = branch.audited(branch.fork(PLAIN));
            RunReport.Head fresh = branch.audited(branch.fork(TableName.of("silver.fresh")));

            PublishedRun done = publish(lease, List.of(published, fresh));

            assertThat(done.tables())
                    .extracting(PublishedRun.Table::name, PublishedRun.Table::change)
                    .containsExactly(
                            tuple(fresh.table(), Change.MOVED),
                            tuple(TableName.of("silver.newer"), Change.TAGGED),
                            tuple(PLAIN, Change.TAGGED),
                            tuple(TableName.of("silver.trimmed"), Change.TAGGED),
                            tuple(ZIPPED, Change.TAGGED));
            assertThat(five.rows(PLAIN)).isEqualTo(1);
            assertThat(five.rows(fresh.table())).isZero();
            assertThat(five.ref(fresh.table(), run.tag())).isEqualTo(fresh.audited());
            assertThat(catalog.load(PLAIN).refs()).containsKey(run.tag()).doesNotContainKey(run.branch());
        }
    }

    @Test
    void readersOfOneStatementNeverSeeAMixture() {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            int reads = 0;
            while (!stop.get()) {
                Map<TableName, String> locations = new TreeMap<>(catalog.locations());
                // Its old files are deleted by design, maybe before this reader opens one.
                locations.remove(TableName.of("silver.trimmed"));
                List<Long> rows = locations.values().stream()
                        .map(location -> TableMetadataParser.read(catalog.io(), location))
                        .map(metadata -> metadata.currentSnapshot() == null
                                ? 0
                                : Long.parseLong(metadata.currentSnapshot()
                                                .summary()
                                                .get("total-records"))
                                        / 10)
                        .distinct()
                        .toList();
                assertThat(rows).hasSize(1);
                reads++;
            }
            return reads;
        });
        for (int i = 0; i < 8; i++) {
            RunId run = nextRun();
            try (Lease lease = begin(run)) {
                publish(lease, five.write(run));
            }
        }
        stop.set(true);
        assertThat(reader.join()).isGreaterThan(5);
        assertThat(five.allRows()).isEqualTo(List.of(80L, 81L, 81L, 81L, 81L));
    }

    private Lease begin(RunId run) {
        Lease lease = five.leases().acquire("p", run);
        five.ledger().begin(run, "p", RunRecord.Kind.RUN);
        return lease;
    }

    private PublishedRun publish(Lease lease, List<RunReport.Head> audited) {
        return five.publication().publish(FiveTables.request(lease, audited));
    }
}
