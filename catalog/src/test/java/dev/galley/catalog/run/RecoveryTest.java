package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.TABLES;
import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
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
class RecoveryTest {
    @TempDir
    Path folder;

    private final DatabaseKind kind;

    private final TestClock clock = new TestClock();
    private final RunId run = nextRun();
    private FiveTables five;

    RecoveryTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void create() {
        Lakehouse lakehouse = kind.lakehouse(folder);
        five = FiveTables.create(lakehouse, lakehouse.open(), clock);
    }

    @AfterEach
    void close() {
        five.close();
    }

    @Test
    void runAtWorkIsLeftAlone() {
        try (Lease lease = begin(run)) {
            five.write(run);

            assertThat(five.recovery().recover("p")).isEmpty();

            assertThat(five.recovery().branches("p")).containsOnlyKeys(TABLES);
            assertThat(status()).isEqualTo(Status.RUNNING);
        }
    }

    @Test
    void runThatLetItsLeaseGoUnfinishedIsFailedAndItsBranchesDropped() {
        try (Lease lease = begin(run)) {
            five.write(run);
        }

        assertThat(five.recovery().recover("p")).extracting(RunRecord::id).containsExactly(run);

        assertThat(status()).isEqualTo(Status.FAILED);
        assertThat(five.recovery().branches("p")).isEmpty();
    }

    @Test
    void runWhoseLeaseRanOutIsFailedToo() {
        try (Lease lease = begin(run)) {
            five.write(run);
            clock.pass(Leases.LIFE.plus(Duration.ofSeconds(1)));

            assertThat(five.recovery().recover("p")).extracting(RunRecord::id).containsExactly(run);
        }
        assertThat(five.recovery().branches("p")).isEmpty();
    }

    @Test
    void branchesThatItsProcessMakesAfterwardsAreDroppedToo() {
        try (Lease lease = begin(run)) {
            five.write(run);
            clock.pass(Leases.LIFE.plus(Duration.ofSeconds(1)));
            assertThat(five.recovery().recover("p")).extracting(RunRecord::id).containsExactly(run);

            five.write(run); // it stood still, and does not know

            assertThat(five.recovery().recover("p")).isEmpty();
            assertThat(five.recovery().branches("p")).isEmpty();
        }
        assertThat(five.ledger().run(run).orElseThrow().cleanedAt()).isEmpty();
        clock.pass(Duration.ofDays(1));
        assertThat(five.recovery().recover("p")).extracting(RunRecord::id).containsExactly(run);
        assertThat(five.recovery().recover("p")).isEmpty();
        assertThat(five.ledger().run(run).orElseThrow().cleanedAt()).contains(clock.instant());
    }

    @Test
    void runsOfOtherPipelinesAreNotTouched() {
        try (Lease lease = begin(run)) {
            five.write(run);
        }

        assertThat(five.recovery().recover("another")).isEmpty();

        assertThat(status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void blockedRunKeepsItsBranchesUntilDiscarded() {
        block();
        assertThat(five.recovery().recover("p")).isEmpty();
        assertThat(five.recovery().branches("p")).hasSize(5);

        RunRecord discarded = five.recovery().discard(run);

        assertThat(discarded.status()).isEqualTo(Status.DISCARDED);
        assertThat(discarded.cleanedAt()).isPresent();
        assertThat(discarded.exitCode()).hasValue(3);
        assertThat(discarded.reportJson()).contains("{\"failed\":1}");
        assertThat(five.recovery().branches("p")).isEmpty();
        assertThat(five.recovery().discard(run)).isEqualTo(discarded);
    }

    @Test
    void blockedRunGivesWayToALaterOne() {
        block();
        RunId later = nextRun();

        RunRecord old = five.recovery().supersede(run, later);

        assertThat(old.status()).isEqualTo(Status.SUPERSEDED);
        assertThat(old.supersededBy()).contains(later);
        assertThat(five.recovery().branches("p")).isEmpty();
    }

    @Test
    void crashBetweenTheStatusAndTheBranchesIsFinishedByTheNextCommand() {
        block();
        five.ledger().close(run, Set.of(Status.BLOCKED), Status.DISCARDED);
        assertThat(five.recovery().branches("p")).hasSize(5);

        assertThat(five.recovery().recover("p")).extracting(RunRecord::status).containsExactly(Status.DISCARDED);

        assertThat(five.recovery().branches("p")).isEmpty();
        assertThat(five.recovery().recover("p")).isEmpty();
    }

    @Test
    void failingARunDropsItsBranches() {
        try (Lease lease = begin(run)) {
            five.write(run);

            RunRecord failed = five.recovery().fail(run, 1, "{\"error\":\"x\"}");

            assertThat(failed.status()).isEqualTo(Status.FAILED);
            assertThat(failed.exitCode()).hasValue(1);
        }
        assertThat(five.recovery().branches("p")).isEmpty();
    }

    @Test
    void publishedAndRunningRunsAreNotDiscarded() {
        try (Lease lease = begin(run)) {
            assertThatThrownBy(() -> five.recovery().discard(run))
                    .isInstanceOf(RunException.class)
                    .hasMessage("Cannot change run " + run + ": it is RUNNING");
            five.publication().publish(FiveTables.request(lease, five.write(run)));
            assertThatThrownBy(() -> five.recovery().discard(run))
                    .isInstanceOf(RunException.class)
                    .hasMessage("Cannot change run " + run + ": it is PUBLISHED");
        }
    }

    @Test
    void unknownRunIsNamed() {
        assertThatThrownBy(() -> five.recovery().discard(run)).hasMessageContaining("No run " + run);
    }

    private void block() {
        try (Lease lease = begin(run)) {
            five.write(run);
            five.ledger().finish(run, Status.BLOCKED, 3, "{\"failed\":1}");
        }
    }

    private Lease begin(RunId id) {
        Lease lease = five.leases().acquire("p", id);
        five.ledger().begin(id, "p", RunRecord.Kind.RUN);
        return lease;
    }

    private Status status() {
        return five.ledger().run(run).orElseThrow().status();
    }
}
