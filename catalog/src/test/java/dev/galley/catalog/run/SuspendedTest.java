package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.Lakehouse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is about to publish is stopped by the system, as a laptop that sleeps, and goes on much later. */
@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"SQLITE", "POSTGRESQL"})
@DisabledOnOs(OS.WINDOWS)
class SuspendedTest {
    @TempDir
    Path folder;

    private final DatabaseKind kind;

    SuspendedTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void holderThatSleptPastItsLeaseCanNotPublish() throws Exception {
        Lakehouse lakehouse = kind.lakehouse(folder);
        FiveTables.create(lakehouse, lakehouse.open(), Clock.systemUTC()).close();
        RunId slept = nextRun();
        Process process = Halting.waitingAt(lakehouse, slept, "staged");
        try (BufferedReader says = process.inputReader();
                Writer tell = process.outputWriter();
                FiveTables five = FiveTables.on(lakehouse, lakehouse.open(), later())) {
            assertThat(says.readLine()).isEqualTo("staged");
            signal(process, "STOP");

            // Alive on this machine, so only time makes its lease void.
            assertThat(five.recovery().recover("p"))
                    .extracting(RunRecord::id, RunRecord::status)
                    .containsExactly(tuple(slept, Status.FAILED));
            RunId next = nextRun();
            try (Lease lease = five.leases().acquire("p", next)) {
                five.ledger().begin(next, "p", RunRecord.Kind.RUN);
                List<RunReport.Head> audited = five.write(next);

                signal(process, "CONT");
                tell.write("\n");
                tell.flush();
                assertThat(says.readLine()).isEqualTo("LeaseLostException");
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(1);
                assertThat(five.allRows()).isEqualTo(List.of(0L, 1L, 1L, 1L, 1L));

                five.publication().publish(FiveTables.request(lease, audited));
            }
            assertThat(five.allRows()).isEqualTo(List.of(10L, 11L, 11L, 11L, 11L));
            assertThat(five.ledger().published(slept)).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Clock later() {
        return Clock.offset(Clock.systemUTC(), Leases.LIFE.plusSeconds(1));
    }

    private static void signal(Process process, String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }
}
