package dev.galley.catalog.wap;

import static dev.galley.catalog.wap.FiveTables.TABLES;
import static dev.galley.catalog.wap.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.Run;
import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.ledger.Status;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies at every step of a run; the next command puts all right. */
class CrashTest {
    @TempDir
    Path folder;

    private Lakehouse lakehouse;

    @BeforeEach
    void create() {
        lakehouse = new Lakehouse(folder);
        FiveTables.create(lakehouse, lakehouse.open(), Clock.systemUTC()).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"begun", "staged", "entered", "moved 1", "moved 3", "moved 5", "commit"})
    void beforeTheCommitNothingIsPublishedAndTheNextRunIs(String step) throws Exception {
        RunId dead = nextRun();
        assertThat(Halting.until(folder, dead, step)).isEqualTo(77);

        try (FiveTables five = FiveTables.on(lakehouse, lakehouse.open(), Clock.systemUTC())) {
            assertThat(five.allRows()).isEqualTo(List.of(0L, 1L, 1L, 1L, 1L));

            assertThat(five.recovery().recover("p"))
                    .extracting(Run::id, Run::status)
                    .containsExactly(tuple(dead, Status.FAILED));
            assertThat(five.recovery().branches("p")).isEmpty();
            assertThat(five.recovery().recover("p")).isEmpty();

            RunId next = nextRun();
            try (Lease lease = five.leases().acquire("p", next)) { // at once: its holder is dead
                five.ledger().begin(next, "p", "run");
                five.publication(Crashpoint.NONE).publish(PublishRequest.of(lease, five.write(next), List.of(), "{}"));
            }
            assertThat(five.allRows()).isEqualTo(List.of(10L, 11L, 11L, 11L, 11L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "published")
    void afterTheCommitAllIsPublishedAndNothingIsLeftToDo(String step) throws Exception {
        RunId dead = nextRun();
        assertThat(Halting.until(folder, dead, step)).isEqualTo(77);

        try (FiveTables five = FiveTables.on(lakehouse, lakehouse.open(), Clock.systemUTC())) {
            assertThat(five.allRows()).isEqualTo(List.of(10L, 11L, 11L, 11L, 11L));
            assertThat(five.recovery().recover("p")).isEmpty();
            assertThat(five.recovery().branches("p")).isEmpty();
            assertThat(five.ledger().run(dead).orElseThrow().status()).isEqualTo(Status.PUBLISHED);
            assertThat(five.ledger().published(dead).orElseThrow().tables()).hasSize(TABLES.size());
        }
    }
}
