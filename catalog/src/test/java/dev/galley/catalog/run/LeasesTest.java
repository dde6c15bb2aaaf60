package dev.galley.catalog.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.TestClock;
import dev.galley.definition.failure.ExitCode;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

@SuppressWarnings("try") // a lease or lock is held, not used
@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"SQLITE", "POSTGRESQL"})
class LeasesTest {
    @TempDir
    Path folder;

    private final DatabaseKind kind;

    private final TestClock clock = new TestClock();
    private GalleyCatalog catalog;
    private Leases leases;

    LeasesTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        catalog = kind.lakehouse(folder).open();
        leases = new Leases(catalog.database(), clock);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void oneRunOfAPipelineAtATimeAndTheSecondHearsWhoIsAtWork() {
        RunId first = run();
        try (Lease lease = leases.acquire("p", first)) {
            assertThat(leases.holder("p")).contains(first);
            assertThatThrownBy(() -> leases.acquire("p", run()))
                    .isInstanceOfSatisfying(LeaseHeldException.class, e -> {
                        assertThat(e.run()).isEqualTo(first);
                        assertThat(e.exitCode()).isEqualTo(ExitCode.RUN_AT_WORK);
                    })
                    .hasMessage("Cannot start: run " + first + " holds the lease of pipeline p since "
                            + clock.instant() + " (host "
                            + ProcessIdentity.current().host() + ", pid "
                            + ProcessHandle.current().pid()
                            + "); wait for it, or stop that process and try again");
            leases.acquire("another", run()).close();
        }
        assertThat(leases.holder("p")).isEmpty();
        leases.acquire("p", run()).close();
    }

    @Test
    void tokenRisesWithEveryTaking() {
        long last = 0;
        for (int i = 0; i < 3; i++) {
            try (Lease lease = leases.acquire("p", run())) {
                assertThat(lease.token()).isGreaterThan(last);
                last = lease.token();
            }
        }
    }

    @Test
    void ofManyAtOnceOneGetsIt() {
        var threads = Executors.newFixedThreadPool(8);
        List<CompletableFuture<Optional<Lease>>> all = Stream.generate(
                        () -> CompletableFuture.supplyAsync(this::taken, threads))
                .limit(8)
                .toList();
        List<Lease> taken = all.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();
        taken.forEach(Lease::close);
        assertThat(taken).hasSize(1);
        threads.shutdown();
    }

    @Test
    void leaseOfAnotherHostIsTakenOverWhenItRanOutNotBefore() throws Exception {
        RunId elsewhere = run();
        leases.acquire("p", elsewhere).close();
        pretend(elsewhere, "elsewhere", "another-boot", 1);

        assertThatThrownBy(() -> leases.acquire("p", run())).hasMessageContaining("(host elsewhere, pid 1)");
        clock.pass(Leases.LIFE);

        leases.acquire("p", run()).close();
    }

    @Test
    void leaseOfADeadProcessOfThisMachineIsTakenOverAtOnce() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        RunId dead = run();
        leases.acquire("p", dead).close();
        pretend(dead, "here", ProcessIdentity.current().space(), gone.pid());

        assertThat(leases.holder("p")).isEmpty();
        leases.acquire("p", run()).close();
    }

    @Test
    void pidThatNowBelongsToAnotherProcessDoesNotKeepALease() throws Exception {
        RunId dead = run();
        leases.acquire("p", dead).close();
        pretend(
                dead,
                "here",
                ProcessIdentity.current().space(),
                ProcessHandle.current().pid()); // started in 1970

        leases.acquire("p", run()).close();
    }

    @Test
    void heartbeatKeepsALeaseBeyondItsLife() throws Exception {
        Leases brief = new Leases(catalog.database(), Clock.systemUTC(), Duration.ofMillis(400));
        try (Lease lease = brief.acquire("p", run())) {
            Thread.sleep(1200);
            assertThatThrownBy(() -> brief.acquire("p", run())).isInstanceOf(LeaseHeldException.class);
            assertThat(lease.isLost()).isFalse();
        }
    }

    @Test
    void holderThatLivesKeepsItsLeaseHoweverFarItsClockIsFromOurs() throws Exception {
        Duration life = Duration.ofSeconds(2);
        Leases ofYesterday = new Leases(catalog.database(), clock, life); // its clock stands still, too
        Leases ofTomorrow = new Leases(catalog.database(), Clock.offset(Clock.systemUTC(), Duration.ofDays(1)), life);
        RunId first = run();
        try (Lease lease = ofYesterday.acquire("p", first)) {
            assertThatThrownBy(() -> ofTomorrow.acquire("p", run())).isInstanceOf(LeaseHeldException.class);
            assertThat(ofTomorrow.holder("p")).contains(first);
            assertThat(lease.isLost()).isFalse();
        }
        ofTomorrow.acquire("p", run()).close();
    }

    @Test
    void holderHearsThatItsLeaseWasTakenOverAndDoesNotReleaseTheOther() throws Exception {
        Leases brief = new Leases(catalog.database(), clock, Duration.ofMillis(400));
        RunId second = run();
        try (Lease first = brief.acquire("p", run())) {
            takeOver(second);
            for (int i = 0; i < 100 && !first.isLost(); i++) {
                Thread.sleep(50);
            }
            assertThat(first.isLost()).isTrue();
            first.close();
            assertThat(brief.holder("p")).contains(second);
        }
    }

    @Test
    void processThatCannotBeSeenIsNotTakenForDead() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        ProcessIdentity self = ProcessIdentity.current();
        ProcessIdentity hidden = new ProcessIdentity("here", self.space(), gone.pid(), self.started());

        assertThat(hidden.isKnownDead(true)).isTrue();
        assertThat(hidden.isKnownDead(false)).as("with hidepid").isFalse();
        assertThat(self.isKnownDead()).isFalse();
        Instant onTheClock = ProcessHandle.current().info().startInstant().orElseThrow();
        assertThat(new ProcessIdentity("here", self.space(), self.pid(), onTheClock).isKnownDead())
                .as("as older versions noted it")
                .isFalse();
    }

    @Test
    void leaseThatCannotBeGivenBackIsNoFailure() {
        Lease lease = leases.acquire("p", run());
        catalog.database()
                .repeatable(
                        "test",
                        connection ->
                                connection.createStatement().executeUpdate("ALTER TABLE galley_lease RENAME TO away"));

        lease.close();

        catalog.database()
                .repeatable(
                        "test",
                        connection ->
                                connection.createStatement().executeUpdate("ALTER TABLE away RENAME TO galley_lease"));
        assertThat(leases.holder("p")).contains(lease.run());
    }

    private void takeOver(RunId run) throws Exception {
        catalog.database()
                .transaction(connection -> connection
                        .createStatement()
                        .executeUpdate("UPDATE galley_lease SET token = token + 1, run_id = '" + run
                                + "' WHERE pipeline = 'p'"));
    }

    private Optional<Lease> taken() {
        try {
            return Optional.of(leases.acquire("p", run()));
        } catch (LeaseHeldException e) {
            return Optional.empty();
        }
    }

    private void pretend(RunId run, String host, String space, long pid) throws Exception {
        catalog.database().transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE galley_lease SET run_id = '" + run + "', host = '" + host
                        + "', space = '" + space + "', process_started = 0, pid = " + pid + ", expires_at = "
                        + clock.instant().plus(Leases.LIFE).toEpochMilli() + " WHERE pipeline = 'p'");
            }
        });
    }

    private static RunId run() {
        return RunId.next(Clock.systemUTC(), new Random());
    }
}
