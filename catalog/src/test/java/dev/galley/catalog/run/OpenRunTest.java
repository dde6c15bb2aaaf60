package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.TABLES;
import static dev.galley.catalog.run.FiveTables.nothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.Parallel;
import dev.galley.catalog.TestClock;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.definition.Pipeline.TagRetention;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a run, by the one door that leads to it. */
class OpenRunTest {
    private static final TableName PLAIN = TableName.of("silver.plain");

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private FiveTables five;
    private Runs runs;

    @BeforeEach
    void create() {
        Lakehouse lakehouse = new Lakehouse(folder);
        five = FiveTables.create(lakehouse, lakehouse.open(), clock);
        runs = five.runs();
    }

    @AfterEach
    void close() {
        five.close();
    }

    @Test
    void aRunThatFindsNothingToDoIsInNoLedger() {
        try (OpenRun run = runs.open("p", Kind.RUN)) {
            assertThat(runs.atWork("p")).contains(run.id());
        }
        assertThat(runs.list("p", 9)).isEmpty();
        assertThat(runs.atWork("p")).isEmpty();
    }

    @Test
    void aRunThatEndsInNoneOfTheThreeWaysHasFailedAndLeavesNoBranch() {
        OpenRun run = runs.open("p", Kind.RUN);
        five.write(run);

        run.close();

        RunRecord failed = runs.find(run.id()).orElseThrow();
        assertThat(failed.status()).isEqualTo(Status.FAILED);
        assertThat(failed.exitCode()).hasValue(1);
        assertThat(five.recovery().branches("p")).isEmpty();
    }

    @Test
    void theExitCodeOfAFailureIsKept() {
        UsageException cause = new UsageException("why");
        try (OpenRun run = runs.open("p", Kind.ROLLBACK)) {
            run.begin();
            run.fail(cause);
        }
        assertThat(runs.list("p", 9)).singleElement().satisfies(run -> {
            assertThat(run.exitCode()).hasValue(2);
            assertThat(run.kind()).isEqualTo(Kind.ROLLBACK);
        });
        assertThat(cause.getSuppressed()).isEmpty();
    }

    @Test
    void publishingNamesEveryTableOfThePipeline() {
        RunId id;
        try (OpenRun run = runs.open("p", Kind.RUN)) {
            id = run.id();
            Fork fork = run.fork(PLAIN);
            assertThat(run.fork(PLAIN)).isEqualTo(fork);
            Lakehouse.append(five.catalog(), PLAIN.toString(), id.branch(), 10);
            long audited = run.head(PLAIN).orElseThrow();

            PublishedRun published = run.publish(nothing(run));

            assertThat(published.moved()).isEqualTo(1);
            assertThat(published.tables()).hasSize(4); // all but the one that was never published
            assertThat(run.report().heads()).containsExactly(new RunReport.Head(PLAIN, fork.forkedAt(), audited));
            assertThat(run.report().seen())
                    .extracting(RunReport.Seen::table)
                    .containsExactlyElementsOf(TABLES.stream()
                            .filter(table -> !table.equals(PLAIN))
                            .toList());
        }
        assertThat(five.ref(TableName.of("silver.zipped"), id.tag()))
                .isEqualTo(five.ref(TableName.of("silver.zipped"), "main"));
        assertThat(runs.find(id).orElseThrow().report()).isPresent();
    }

    @Test
    void aTableThatTheRunOnlySawMustBeAsItWas() {
        try (OpenRun run = runs.open("p", Kind.RUN)) {
            run.fork(PLAIN);
            Lakehouse.append(five.catalog(), "silver.zipped", "main", 1);

            assertThatThrownBy(() -> run.publish(nothing(run)))
                    .isInstanceOf(MainMovedException.class)
                    .hasMessageContaining("in silver.zipped;");
        }
        assertThat(runs.list("p", 9)).extracting(RunRecord::status).containsExactly(Status.FAILED);
    }

    @Test
    void aRunEndsOnce() {
        try (OpenRun run = runs.open("p", Kind.RUN)) {
            run.publish(nothing(run));

            assertThatThrownBy(() -> run.block(nothing(run))).hasMessage("Run " + run.id() + " has ended already");
        }
    }

    @Test
    void aBlockedRunGivesWayToTheNext() {
        RunId blocked = blocked();
        try (OpenRun run = runs.open("p", Kind.RUN)) {
            assertThat(runs.find(blocked).orElseThrow().status()).isEqualTo(Status.BLOCKED);
            assertThat(run.begin()).contains(blocked);
            assertThat(runs.find(blocked).orElseThrow().supersededBy()).contains(run.id());
            assertThat(run.begin()).isEmpty();
        }
    }

    @Test
    void aHeldRunIsNotPassedButMaintenanceMayBeDone() {
        RunId held = held();
        assertThatThrownBy(() -> runs.open("p", Kind.RUN).close())
                .isInstanceOfSatisfying(
                        HeldRunException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.HELD))
                .hasMessageContaining("run " + held + " is audited and waits for a person");
        assertThatThrownBy(() -> runs.open("p", Kind.CHANGE).close()).isInstanceOf(HeldRunException.class);
        assertThat(runs.atWork("p")).isEmpty();
        runs.open("p", Kind.MAINTENANCE).close();
    }

    @Test
    void aReportIsKeptInTheWordsThatReadersKnow() {
        RunId failed;
        try (OpenRun run = runs.open("p", Kind.RUN)) {
            five.write(run);
            failed = run.id();
            run.block(failed(run));
        }
        assertThat(runs.find(failed).orElseThrow().reportJson().orElseThrow())
                .contains("\"origin\":\"table\",", "\"severity\":\"error\",", "\"outcome\":\"FAILED\",");
        assertThat(runs.find(failed).orElseThrow().report().orElseThrow().checks())
                .extracting(CheckResult::severity)
                .containsExactly(Check.Severity.ERROR);
    }

    @Test
    void whoMeetsAHeldRunIsLedToWhatCanBeDoneWithIt() {
        RunId held = held();
        assertThatThrownBy(() -> runs.open("p", Kind.RUN).close())
                .isInstanceOfSatisfying(
                        HeldRunException.class,
                        e -> assertThat(e.nextSteps())
                                .containsExactly(
                                        NextStep.show(held),
                                        NextStep.publish(held).to("Then"),
                                        NextStep.discard(held)));
        try (WaitingRun run = runs.resume(held)) {
            run.discard();
        }

        RunId blocked;
        try (OpenRun run = runs.open("p", Kind.RUN)) {
            five.write(run);
            blocked = run.id();
            run.block(failed(run));
        }
        try (WaitingRun run = runs.resume(blocked)) {
            run.hold();
        }
        assertThatThrownBy(() -> runs.open("p", Kind.RUN).close())
                .isInstanceOfSatisfying(
                        HeldRunException.class,
                        e -> assertThat(e.nextSteps())
                                .containsExactly(
                                        NextStep.show(blocked),
                                        NextStep.rebuild(blocked).to("Then"),
                                        NextStep.discard(blocked)));
    }

    @Test
    void aHeldRunIsPublishedExactlyAsItWasAudited() {
        RunId held = held();
        try (WaitingRun run = runs.resume(held)) {
            assertThat(run.publish(runs.find(held).orElseThrow().report().orElseThrow())
                            .moved())
                    .isEqualTo(5);
        }
        assertThat(five.allRows()).isEqualTo(List.of(10L, 11L, 11L, 11L, 11L));
    }

    @Test
    void aHeldRunWhoseBranchChangedIsNotPublishedAndStaysHeld() {
        RunId held = held();
        Lakehouse.append(five.catalog(), PLAIN.toString(), held.branch(), 1);
        RunReport report = runs.find(held).orElseThrow().report().orElseThrow();
        try (WaitingRun run = runs.resume(held)) {
            assertThatThrownBy(() -> run.publish(report)).hasMessageContaining("changed after its audit");
        }
        assertThat(runs.find(held).orElseThrow().status()).isEqualTo(Status.HELD);
    }

    @Test
    void aWaitingRunIsHeldAndDropped() {
        RunId blocked = blocked();
        try (WaitingRun run = runs.resume(blocked)) {
            run.hold();
            assertThat(runs.find(blocked).orElseThrow().status()).isEqualTo(Status.HELD);
            run.discard();
        }
        assertThat(runs.find(blocked).orElseThrow().status()).isEqualTo(Status.DISCARDED);
        assertThat(five.recovery().branches("p")).isEmpty();
    }

    @Test
    void tablesGoBackInTheSameTransaction() {
        long before = five.ref(PLAIN, "main");
        publish(runs);
        try (OpenRun run = runs.open("p", Kind.ROLLBACK)) {
            run.publish(nothing(run), Map.of(PLAIN, before));

            assertThat(five.rows(PLAIN)).isEqualTo(1);
            assertThat(five.ref(PLAIN, run.id().tag())).isEqualTo(before);
        }
    }

    @Test
    void tagsThatRetentionGivesUpGoWithThePublish() {
        Runs keeping = new Runs(
                five.catalog(), clock, pipeline -> Optional.of(new TagRetention(1, 0)), new Parallel(2), step -> {});
        RunId first = publish(keeping);
        clock.pass(Duration.ofDays(1));
        RunId second = publish(keeping);
        clock.pass(Duration.ofDays(1));
        RunId third = publish(keeping);

        assertThat(five.catalog().load(PLAIN).refs())
                .doesNotContainKey(first.tag())
                .containsKeys(second.tag(), third.tag());
    }

    private RunId publish(Runs of) {
        try (OpenRun run = of.open("p", Kind.RUN)) {
            five.write(run);
            run.publish(nothing(run));
            return run.id();
        }
    }

    /** A report of one check that failed. */
    private static RunReport failed(OpenRun run) {
        CheckResult check = new CheckResult(
                TABLES.get(0),
                CheckResult.Origin.TABLE,
                "unique(k)",
                Check.Severity.ERROR,
                CheckResult.Outcome.FAILED,
                10,
                2,
                List.of(),
                "",
                "",
                "");
        return new RunReport(
                run.id(),
                run.pipeline(),
                List.of(),
                List.of(),
                List.of(check),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private RunId blocked() {
        try (OpenRun run = runs.open("p", Kind.RUN)) {
            five.write(run);
            run.block(nothing(run));
            return run.id();
        }
    }

    private RunId held() {
        try (OpenRun run = runs.open("p", Kind.RUN)) {
            five.write(run);
            run.hold(nothing(run));
            return run.id();
        }
    }
}
