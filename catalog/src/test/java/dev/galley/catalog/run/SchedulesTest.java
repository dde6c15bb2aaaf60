package dev.galley.catalog.run;

import static dev.galley.catalog.run.Simulation.OF_RUNS;
import static dev.galley.catalog.run.Simulation.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.Parallel;
import dev.galley.catalog.TestClock;
import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.iceberg.TableProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two that run, one that discards, one that approves, one that writes to main, one that expires and one that reads, interleaved at each call
 * of database and store; calls are lost before and after their effect, processes die, minutes pass. {@code -Dseed=} replays.
 */
class SchedulesTest {
    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private Lakehouse template;

    @BeforeEach
    void build() throws IOException {
        template = new Lakehouse(Files.createDirectory(folder.resolve("template")));
        Schedule quiet = new Schedule(0, new TestClock());
        try (GalleyCatalog catalog = Simulation.open(template, new Life(quiet, quiet.join(), files, () -> {}))) {
            Ledger.open(catalog.database(), Clock.systemUTC());
            for (TableName table : OF_RUNS) {
                Lakehouse.create(catalog, table.toString(), Map.of(TableProperties.COMMIT_MIN_RETRY_WAIT_MS, "0"));
            }
            Lakehouse.create(catalog, OTHER.toString(), Map.of(TableProperties.COMMIT_MIN_RETRY_WAIT_MS, "0"));
            for (TableName table : List.of(OF_RUNS.get(0), OF_RUNS.get(1), OTHER)) {
                Marks.append(catalog, table, "main", Simulation.FIRST);
            }
        }
    }

    @Test
    void noneOfTwentySchedulesBreaksAPromise() {
        play(20);
    }

    @Test
    @Tag("slow")
    void noneOfTenThousandSchedulesBreaksAPromise() {
        play(Integer.getInteger("schedules", 10_000));
    }

    private void play(int schedules) {
        Long replay = Long.getLong("seed");
        long first = replay == null ? System.nanoTime() : replay;
        AtomicInteger published = new AtomicInteger();
        // Iceberg sleeps between looks at its own threads.
        new Parallel(8)
                .each(
                        IntStream.range(0, replay == null ? schedules : 1)
                                .boxed()
                                .toList(),
                        i -> published.addAndGet(played(first + i, folder.resolve(String.valueOf(i)))));
        System.out.println(schedules + " schedules from -Dseed=" + first + ": " + published + " runs published");
        assertThat(published.get()).isGreaterThan(replay == null ? schedules / 4 : -1);
    }

    private int played(long seed, Path place) {
        try {
            return played(seed, new Lakehouse(Files.createDirectory(place)));
        } catch (IOException | InterruptedException | AssertionError | RuntimeException e) {
            throw new AssertionError("-Dseed=" + seed + ": " + e.getMessage(), e);
        }
    }

    private int played(long seed, Lakehouse lakehouse) throws IOException, InterruptedException {
        Path database = lakehouse.folder().resolve("catalog.db");
        Files.copy(template.folder().resolve("catalog.db"), database);
        try (Simulation simulation = new Simulation(seed, lakehouse, files)) {
            simulation.add(Actors::run);
            simulation.add(Actors::run);
            simulation.add(Actors::discard);
            simulation.add(Actors::approve);
            simulation.add(Actors::write);
            simulation.add(Actors::expire);
            simulation.add(Actors::read);
            return simulation.play();
        } finally {
            Files.delete(database);
        }
    }
}
