package dev.galley.catalog.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.Faults;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.TestClock;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"SQLITE", "POSTGRESQL"})
class LedgerTest {
    @TempDir
    Path folder;

    private final DatabaseKind kind;

    private final TestClock clock = new TestClock();
    private Faults faults;
    private GalleyCatalog catalog;
    private Ledger ledger;

    LedgerTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        Lakehouse lakehouse = kind.lakehouse(folder);
        faults = new Faults(lakehouse.connections());
        catalog = lakehouse.open(faults);
        ledger = Ledger.open(catalog.database(), clock);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void runIsEnteredWithItsProcessAndEndsWithItsReport() {
        RunId id = run();
        RunRecord begun = ledger.begin(id, "p", RunRecord.Kind.RUN);
        assertThat(begun.status()).isEqualTo(Status.RUNNING);
        assertThat(begun.holder()).isEqualTo(ProcessIdentity.current());
        assertThat(begun.startedAt()).isEqualTo(Instant.parse("2026-11-21T11:30:00Z"));
        assertThat(begun.endedAt()).isEmpty();
        assertThat(begun.reportJson()).isEmpty();
        clock.pass(Duration.ofSeconds(9));

        RunRecord blocked = ledger.finish(id, Status.BLOCKED, 3, "{\"a\":\"ä\"}");

        assertThat(blocked.status()).isEqualTo(Status.BLOCKED);
        assertThat(blocked.endedAt()).contains(Instant.parse("2026-11-21T11:30:09Z"));
        assertThat(blocked.exitCode()).hasValue(3);
        assertThat(blocked.reportJson()).contains("{\"a\":\"ä\"}");
        assertThat(ledger.run(id)).contains(blocked);
    }

    @Test
    void finishedRunIsNotFinishedAgain() {
        RunId id = run();
        ledger.begin(id, "p", RunRecord.Kind.RUN);
        ledger.finish(id, Status.FAILED, 1, "{}");

        assertThatThrownBy(() -> ledger.finish(id, Status.HELD, 5, "{}"))
                .isInstanceOf(RunException.class)
                .hasMessage("Cannot change run " + id + ": it is FAILED");
        assertThatThrownBy(() -> ledger.finish(id, Status.PUBLISHED, 0, "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runsAreListedNewestFirstByPipelineAndStatus() {
        RunId[] ids = new RunId[4];
        for (int i = 0; i < 4; i++) {
            clock.pass(Duration.ofSeconds(1));
            ids[i] = run();
            ledger.begin(ids[i], i == 3 ? "q" : "p", RunRecord.Kind.RUN);
        }
        ledger.finish(ids[0], Status.BLOCKED, 3, "{}");
        ledger.finish(ids[1], Status.FAILED, 1, "{}");

        assertThat(ledger.runs("p", 2)).extracting(RunRecord::id).containsExactly(ids[2], ids[1]);
        assertThat(ledger.newest("p", Status.BLOCKED, Status.FAILED))
                .get()
                .extracting(RunRecord::id)
                .isEqualTo(ids[1]);
        assertThat(ledger.newest("p", Status.BLOCKED))
                .get()
                .extracting(RunRecord::id)
                .isEqualTo(ids[0]);
        assertThat(ledger.newest("p", Status.HELD)).isEmpty();
        assertThat(ledger.runs("nobody", 5)).isEmpty();
    }

    @Test
    void lostAnswerToTheEntryIsHarmless() {
        RunId id = run();
        faults.loseAnswer("INSERT INTO galley_runs", "08006", () -> {});

        assertThat(ledger.begin(id, "p", RunRecord.Kind.RUN).status()).isEqualTo(Status.RUNNING);

        assertThat(faults.fired()).isEqualTo(1);
        assertThat(ledger.runs("p", 9)).hasSize(1);
    }

    @Test
    void ledgerOfALaterVersionIsRefused() throws Exception {
        catalog.database().transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE galley_schema SET version = 2");
            }
        });
        assertThatThrownBy(() -> Ledger.open(catalog.database(), clock))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("it has version 2, this Galley knows 1");
    }

    @Test
    void manyThatOpenANewDatabaseAtOnceAllSucceed() {
        Lakehouse fresh = kind.lakehouse(folder.resolve("fresh"));
        assertThat(fresh.folder().toFile().mkdir()).isTrue();
        var threads = Executors.newFixedThreadPool(8);
        List<CompletableFuture<Integer>> all = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> {
                            try (GalleyCatalog opened = fresh.open()) {
                                return Ledger.open(opened.database(), clock)
                                        .runs("p", 9)
                                        .size();
                            }
                        },
                        threads))
                .limit(8)
                .toList();
        assertThat(all).allSatisfy(one -> assertThat(one.join()).isZero());
        threads.shutdown();
    }

    @Test
    void runIdsSortByTimeAndRefuseOtherText() {
        RunId early = RunId.next(clock, new Random(1));
        clock.pass(Duration.ofSeconds(1));
        RunId late = RunId.next(clock, new Random(1));

        assertThat(early).isLessThan(late);
        assertThat(early.text()).startsWith("20261121T113000Z-").hasSize(23);
        assertThat(early.branch()).isEqualTo("audit_" + early);
        assertThat(early.tag()).isEqualTo("run_" + early);
        assertThatThrownBy(() -> new RunId("x'; DROP TABLE galley_runs; --"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Not a run id");
    }

    private RunId run() {
        return RunId.next(clock, new Random());
    }
}
