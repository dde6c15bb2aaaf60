package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.TABLES;
import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.Lakehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A process that dies at a step of its run, and the next command, which puts all right. */
record Crash(DatabaseKind kind, Jvm jvm) {
    private static final List<Long> BEFORE = List.of(0L, 1L, 1L, 1L, 1L);
    private static final List<Long> AFTER = List.of(10L, 11L, 11L, 11L, 11L);
    private static final List<Long> TWICE = List.of(20L, 21L, 21L, 21L, 21L);

    /** Whether the dead process had published; all other than that is asserted. */
    boolean at(String step, Path folder) throws IOException, InterruptedException {
        Lakehouse lakehouse = kind.lakehouse(folder);
        FiveTables.create(lakehouse, lakehouse.open(), Clock.systemUTC()).close();
        RunId dead = nextRun();
        int code = Halting.until(lakehouse, dead, step, jvm);
        if (!step.equals(Halting.DURING_COMMIT) || code != 0) {
            assertThat(code).as(step).isEqualTo(Halting.HALTED);
        }
        try (FiveTables five = FiveTables.on(lakehouse, lakehouse.open(), Clock.systemUTC())) {
            boolean published = five.ledger().published(dead).isPresent();
            assertThat(five.allRows()).as(step).isEqualTo(published ? AFTER : BEFORE);
            assertSettled(five, dead, published);

            RunId next = nextRun();
            try (OpenRun open = five.runs().open("p", RunRecord.Kind.RUN, next)) { // at once: its holder is dead
                five.write(open);
                open.publish(FiveTables.nothing(open));
            }
            assertThat(five.allRows()).as(step).isEqualTo(published ? TWICE : AFTER);
            assertNamed(five, next, true);
            return published;
        }
    }

    private static void assertSettled(FiveTables five, RunId dead, boolean published) {
        List<RunRecord> settled = five.recovery().recover("p");
        Status status = five.ledger().run(dead).orElseThrow().status();
        if (published) {
            assertThat(settled).isEmpty();
            assertThat(status).isEqualTo(Status.PUBLISHED);
            assertThat(five.ledger().published(dead).orElseThrow().tables()).hasSize(TABLES.size());
        } else {
            assertThat(settled).extracting(RunRecord::id).containsExactly(dead);
            assertThat(status).isEqualTo(Status.FAILED);
        }
        assertThat(five.recovery().branches("p")).isEmpty();
        assertThat(five.recovery().recover("p")).isEmpty();
        assertNamed(five, dead, published);
    }

    private static void assertNamed(FiveTables five, RunId run, boolean published) {
        assertThat(TABLES)
                .allSatisfy(
                        table -> assertThat(five.catalog().load(table).refs().containsKey(run.tag()))
                                .isEqualTo(published));
    }
}
