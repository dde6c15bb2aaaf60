package dev.galley.catalog.run;

import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.catalog.run.Simulation.World;
import dev.galley.definition.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.relocated.com.google.common.util.concurrent.MoreExecutors;

/** The parts of a {@link Simulation}: who works on a lakehouse, and what they do. */
final class Actors {
    private Actors() {}

    static RunId of(String branch) {
        return new RunId(branch.substring("audit_".length()));
    }

    /** Two runs of pipeline {@code p}, as its command does them. */
    static void run(World world) {
        for (int i = 0; i < 2; i++) {
            run(world, world.random().nextInt(10));
        }
    }

    /** One that is published, unless something befalls it. */
    static void publish(World world) {
        run(world, 9);
    }

    private static void run(World world, int dice) {
        try (OpenRun run = world.runs().open("p", Kind.RUN)) {
            run.begin();
            world.promises().tries(run.id().text());
            RunReport report = RunReport.of(run.id(), "p", List.of());
            try {
                write(world, run);
                if (dice == 0) {
                    run.block(report);
                } else if (dice == 1) {
                    run.hold(report); // and somebody approves it, or drops it
                } else {
                    run.publish(report);
                    world.promises().wasTold(run.id().text(), true);
                }
            } catch (PublishUnknownException e) {
                throw e;
            } catch (RuntimeException e) {
                if (!world.life().isOver()) {
                    world.promises().wasTold(run.id().text(), false);
                }
                run.fail(e);
                throw e;
            }
        }
    }

    private static void write(World world, OpenRun run) {
        for (TableName table : Simulation.OF_RUNS) {
            run.fork(table);
            Marks.append(world.catalog(), table, run.id().branch(), run.id().text());
        }
    }

    /** Approves what is held. */
    static void approve(World world) {
        for (int i = 0; i < 3; i++) {
            world.ledger().newest("p", Status.HELD).ifPresent(held -> {
                try (WaitingRun run = world.runs().resume(held.id())) {
                    run.publish(held.report().orElseThrow());
                    world.promises().wasTold(held.id().text(), true);
                }
            });
            world.life().pass();
        }
    }

    /** Drops what an audit blocked, or what is held. */
    static void discard(World world) {
        for (int i = 0; i < 3; i++) {
            discardNewest(world);
            world.life().pass();
        }
    }

    static void discardNewest(World world) {
        world.ledger().newest("p", Status.BLOCKED, Status.HELD).ifPresent(waiting -> {
            try (WaitingRun run = world.runs().resume(waiting.id())) {
                run.discard();
            }
        });
    }

    /** Somebody who knows nothing of runs and writes to main. */
    static void write(World world) {
        for (int i = 0; i < 4; i++) {
            List<TableName> tables = new ArrayList<>(Simulation.OF_RUNS);
            tables.add(Simulation.OTHER);
            TableName table = tables.get(world.random().nextInt(tables.size()));
            String mark = "w" + Long.toHexString(world.random().nextLong());
            world.promises().tries(mark);
            try {
                Marks.append(world.catalog(), table, "main", mark);
                world.promises().wasTold(mark, true);
            } catch (CommitStateUnknownException e) {
                // and so it stays
            } catch (RuntimeException e) {
                if (!world.life().isOver()) {
                    world.promises().wasTold(mark, false);
                }
            }
        }
    }

    /** Somebody who tidies up although a run is at work. */
    static void expire(World world) {
        for (int i = 0; i < 3; i++) {
            Table table =
                    world.catalog().load(Simulation.OF_RUNS.get(world.random().nextInt(Simulation.OF_RUNS.size())));
            table.expireSnapshots()
                    .expireOlderThan(Long.MAX_VALUE)
                    .retainLast(1)
                    .planWith(MoreExecutors.newDirectExecutorService())
                    .executeDeleteWith(MoreExecutors.newDirectExecutorService())
                    .commit();
        }
    }

    /** Takes all pointers by one SELECT and opens the files one by one, while others go on. */
    static void read(World world) {
        for (int i = 0; i < 5; i++) {
            TreeMap<TableName, String> locations = new TreeMap<>(world.catalog().locations());
            List<List<String>> seen = new ArrayList<>();
            for (TableName table : Simulation.OF_RUNS) {
                world.life().pass();
                try {
                    seen.add(runs(world, Objects.requireNonNull(locations.get(table))));
                } catch (NotFoundException e) {
                    return; // expired meanwhile
                }
            }
            if (seen.stream().distinct().count() != 1) {
                throw new AssertionError("a reader saw a mixture: " + seen);
            }
        }
    }

    private static List<String> runs(World world, String location) {
        TableMetadata metadata = TableMetadataParser.read(world.catalog().io(), location);
        return metadata.currentSnapshot() == null
                ? List.of()
                : Marks.at(world.catalog().io(), location).stream()
                        .filter(Promises::isRun)
                        .toList();
    }
}
