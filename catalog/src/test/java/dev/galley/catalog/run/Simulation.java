package dev.galley.catalog.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.Database;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.Parallel;
import dev.galley.catalog.Tapped;
import dev.galley.catalog.TestClock;
import dev.galley.definition.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.jspecify.annotations.Nullable;

/** One schedule: some processes on one lakehouse, their calls interleaved and troubled as the seed says. */
final class Simulation implements AutoCloseable {
    /** What every run writes; the last was never published. */
    static final List<TableName> OF_RUNS =
            List.of(TableName.of("silver.a"), TableName.of("silver.b"), TableName.of("silver.fresh"));

    /** Of the same pipeline, and written by others only. */
    static final TableName OTHER = TableName.of("silver.other");

    /** What stands on main of all but the one that was never published. */
    static final String FIRST = "first";

    private static final int LIVES = 3;

    private final Lakehouse lakehouse;
    private final Map<String, byte[]> files;
    private final TestClock clock = new TestClock();
    private final Schedule schedule;
    private final Random seeds;
    private final Life free;
    private final GalleyCatalog untroubled;
    private final Promises promises;
    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable Throwable broken;

    /** On a lakehouse that holds the tables above and the ledger. */
    Simulation(long seed, Lakehouse lakehouse, Map<String, byte[]> files) {
        this.lakehouse = lakehouse;
        this.files = new ConcurrentHashMap<>(files);
        this.schedule = new Schedule(seed, clock);
        this.seeds = new Random(seed);
        Schedule quiet = new Schedule(seed, clock);
        this.free = new Life(quiet, quiet.join(), this.files, () -> {});
        this.untroubled = open(lakehouse, free);
        this.promises = new Promises(untroubled, OF_RUNS);
        promises.tries(FIRST);
        promises.hold();
    }

    /** A catalog whose connections and files are of this life. */
    static GalleyCatalog open(Lakehouse lakehouse, Life life) {
        Tapped tapped = new Tapped(lakehouse.connections(Map.of("synchronous", "OFF")), life);
        SimulatedFileIO.OPENING.set(life);
        try {
            return GalleyCatalog.open(
                    new Database(tapped, time -> {}),
                    lakehouse.settings(),
                    Map.of(CatalogProperties.FILE_IO_IMPL, SimulatedFileIO.class.getName()),
                    new Configuration(false));
        } finally {
            SimulatedFileIO.OPENING.remove();
        }
    }

    /** What one process of an actor does, in one life. */
    interface Part {
        void play(World world);
    }

    /** What an actor has at hand. */
    record World(GalleyCatalog catalog, Runs runs, Life life, TestClock clock, Random random, Promises promises) {
        Ledger ledger() {
            return runs.ledger;
        }

        Recovery recovery() {
            return runs.recovery;
        }
    }

    private World world(GalleyCatalog catalog, Life life, Random random) {
        return new World(
                catalog,
                new Runs(catalog, clock, pipeline -> Optional.empty(), new Parallel(1), step -> {}),
                life,
                clock,
                random,
                promises);
    }

    void add(Part part) {
        Schedule.Actor actor = schedule.join();
        Random random = new Random(seeds.nextLong());
        threads.add(new Thread(() -> act(actor, part, random), "actor-" + threads.size()));
    }

    private void act(Schedule.Actor actor, Part part, Random random) {
        schedule.awaitFirst(actor);
        try {
            for (int i = 0; i < LIVES; i++) {
                Life life = new Life(schedule, actor, files, this::check);
                try (GalleyCatalog catalog = open(lakehouse, life)) {
                    part.play(world(catalog, life, random));
                    return;
                } catch (Life.Died e) {
                    // lives again, as another process
                } catch (NullPointerException | IndexOutOfBoundsException | ClassCastException e) {
                    throw e;
                } catch (RuntimeException e) {
                    // a command that failed is typed again
                }
            }
        } catch (RuntimeException | AssertionError e) {
            broken = e;
        } finally {
            schedule.leave(actor);
        }
    }

    /** Remembered here, since those who act may take any failure for one of theirs. */
    private void check() {
        try {
            promises.hold();
        } catch (RuntimeException | AssertionError e) {
            broken = e;
            throw e;
        }
    }

    /** Plays all parts to their end, then does what the next command does, and asserts that all is well. */
    int play() throws InterruptedException {
        threads.forEach(Thread::start);
        schedule.begin();
        for (Thread thread : threads) {
            thread.join();
        }
        if (broken != null) {
            throw new AssertionError(broken.getMessage(), broken);
        }
        clock.pass(Leases.LIFE.plusSeconds(1));
        World world = world(untroubled, free, seeds);
        world.recovery().recover("p");
        assertThat(world.ledger().unsettled("p")).noneMatch(run -> run.status() == Status.RUNNING);
        assertThat(world.recovery().branches("p").values())
                .allSatisfy(branches -> assertThat(branches)
                        .allSatisfy(branch -> assertThat(world.ledger()
                                        .run(Actors.of(branch))
                                        .orElseThrow()
                                        .status())
                                .isIn(Status.BLOCKED, Status.HELD)));
        while (world.ledger().newest("p", Status.HELD).isPresent()) {
            Actors.discardNewest(world);
        }
        int before = promises.published();
        Actors.publish(world);
        assertThat(promises.published()).isEqualTo(before + 1);
        promises.hold();
        promises.areNamed();
        return before;
    }

    @Override
    public void close() {
        untroubled.close();
    }
}
