package dev.galley.catalog.wap;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.galley.catalog.Database;
import dev.galley.catalog.DatabaseException;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.UnknownCommitException;
import dev.galley.catalog.Workers;
import dev.galley.catalog.ledger.Ledger;
import dev.galley.catalog.ledger.Published;
import dev.galley.catalog.ledger.RunTable;
import dev.galley.definition.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves {@code main} of all tables of a run to their audited snapshots and names that state with the run's tag on every
 * table of the pipeline: all of it, with the run's status and report, or nothing, whatever process dies when.
 */
public final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final GalleyCatalog catalog;
    private final Ledger ledger;
    private final Clock clock;
    private final Workers workers;
    private final Crashpoint crashpoint;

    public Publication(GalleyCatalog catalog, Ledger ledger, Clock clock, int threads) {
        this(catalog, ledger, clock, threads, Crashpoint.NONE);
    }

    public Publication(GalleyCatalog catalog, Ledger ledger, Clock clock, int threads, Crashpoint crashpoint) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.clock = clock;
        this.workers = new Workers(threads);
        this.crashpoint = crashpoint;
    }

    /**
     * Publishes, or says that it was done before: the same result again. Changes to a table that leave {@code main} alone
     * do not disturb it.
     *
     * @throws MainMovedException naming every table whose {@code main} is not where the run forked; nothing is published
     * @throws PublishException if a branch is not what was audited, or the database keeps refusing; nothing is published
     * @throws dev.galley.catalog.ledger.LeaseLostException if another run took over; nothing is published
     * @throws PublishUnknownException if the outcome of COMMIT could not be found out
     */
    public Published publish(PublishRequest request) {
        Optional<Published> done = ledger.published(request.run());
        if (done.isPresent()) {
            return done.get();
        }
        SortedMap<TableName, Staged> staged = new ConcurrentSkipListMap<>();
        SortedMap<TableName, String> empty = new ConcurrentSkipListMap<>();
        boolean undo = true;
        try {
            Published published = attempts(request, staged, empty);
            undo = false;
            crashpoint.reached("published");
            workers.each(staged.values(), table -> table.deleteOld(catalog));
            crashpoint.reached("cleaned");
            return published;
        } catch (PublishUnknownException e) {
            undo = false; // they may be what the pointers name
            throw e;
        } finally {
            if (undo) {
                delete(staged.values());
            }
        }
    }

    /** @param empty where those tables stand that have nothing to name, and must not get a {@code main} meanwhile */
    private Published attempts(
            PublishRequest request, SortedMap<TableName, Staged> staged, SortedMap<TableName, String> empty) {
        for (int attempt = 1; ; attempt++) {
            stage(request, staged, empty);
            crashpoint.reached("staged");
            Published published = new Published(
                    request.run(),
                    request.pipeline(),
                    ledger.publicationTime(request.pipeline(), clock.instant()),
                    staged.values().stream().map(Staged::change).toList());
            try {
                catalog.database().transaction(connection -> commit(connection, request, published, empty));
                return published;
            } catch (UnknownCommitException e) {
                Optional<Published> settled = settled(request, e);
                if (settled.isPresent()) {
                    return settled.get();
                }
                again(request, attempt, e);
            } catch (PointerMoved e) {
                again(request, attempt, e);
            } catch (SQLException e) {
                Optional<Published> before =
                        Database.duplicateKey(e) ? ledger.published(request.run()) : Optional.empty();
                if (before.isPresent()) {
                    delete(staged.values());
                    staged.clear();
                    return before.get();
                }
                again(request, attempt, e);
            }
        }
    }

    private static void again(PublishRequest request, int attempt, Exception reason) {
        if (attempt == ATTEMPTS) {
            throw new PublishException(
                    "Cannot publish run " + request.run() + ": " + reason.getMessage() + " (" + ATTEMPTS
                            + " attempts); nothing was published, try again",
                    reason);
        }
        LOG.info("Publishing run {} again: {}", request.run(), reason.getMessage());
    }

    /** Stages what is not staged yet, and again what changed since it was. */
    private void stage(
            PublishRequest request, SortedMap<TableName, Staged> staged, SortedMap<TableName, String> empty) {
        SortedMap<TableName, String> now = catalog.locations();
        List<Staged> stale = staged.values().stream()
                .filter(table -> !table.change()
                        .fromLocation()
                        .equals(now.get(table.change().table())))
                .toList();
        stale.forEach(table -> staged.remove(table.change().table()));
        delete(stale);
        Stager stager = new Stager(request.run(), request.expired(), catalog.io());
        List<Runnable> work = new ArrayList<>();
        Set<TableName> moved = new ConcurrentSkipListSet<>();
        for (Audited audited : request.audited()) {
            TableName table = audited.table();
            if (!staged.containsKey(table)) {
                String from = found(now, table);
                work.add(unlessMoved(moved, () -> staged.put(table, stager.moved(audited, from))));
            }
        }
        for (Restored restored : request.restored()) {
            TableName table = restored.table();
            if (!staged.containsKey(table)) {
                String from = found(now, table);
                work.add(() -> staged.put(table, stager.restored(restored, from)));
            }
        }
        Map<TableName, Unmoved> seen = request.unmoved().stream().collect(toMap(Unmoved::table, identity()));
        seen.values().stream()
                .filter(table -> table.main().isPresent() && !request.others().contains(table.table()))
                .forEach(gone -> moved.add(gone.table()));
        empty.clear();
        for (TableName table : request.others()) {
            if (!staged.containsKey(table)) {
                String from = found(now, table);
                work.add(unlessMoved(
                        moved,
                        () -> stager.tagged(table, from, seen.get(table))
                                .ifPresentOrElse(one -> staged.put(table, one), () -> empty.put(table, from))));
            }
        }
        AtomicInteger written = new AtomicInteger();
        workers.each(work, task -> {
            task.run();
            crashpoint.reached("staged " + written.incrementAndGet());
        });
        if (!moved.isEmpty()) {
            throw new MainMovedException(request.run(), List.copyOf(moved));
        }
    }

    private static Runnable unlessMoved(Set<TableName> moved, Runnable stage) {
        return () -> {
            try {
                stage.run();
            } catch (MainMovedException e) {
                moved.addAll(e.tables());
            }
        };
    }

    private static String found(Map<TableName, String> locations, TableName table) {
        String location = locations.get(table);
        if (location == null) {
            throw new NoSuchTableException("Cannot publish %s: there is no such table", table);
        }
        return location;
    }

    private Published commit(
            Connection connection, PublishRequest request, Published published, SortedMap<TableName, String> empty)
            throws SQLException {
        ledger.publish(connection, published, request.token(), request.report());
        crashpoint.reached("entered");
        // Sorted, or two publishers of the same tables could wait for each other.
        List<RunTable> sorted = new ArrayList<>(published.tables());
        sorted.sort(Comparator.comparing(RunTable::table));
        int k = 0;
        for (RunTable table : sorted) {
            if (!catalog.pointers().move(connection, table.table(), table.fromLocation(), table.toLocation())) {
                throw new PointerMoved(table.table());
            }
            k++;
            crashpoint.reached("moved " + k);
        }
        for (Unmoved seen : request.unmoved()) {
            String stood = empty.get(seen.table());
            TableIdentifier table =
                    TableIdentifier.of(seen.table().namespace(), seen.table().name());
            if (stood != null && !Optional.of(stood).equals(catalog.pointers().location(connection, table))) {
                throw new PointerMoved(seen.table());
            }
        }
        crashpoint.reached("commit");
        return published;
    }

    private Optional<Published> settled(PublishRequest request, UnknownCommitException doubt) {
        for (int attempt = 1; ; attempt++) {
            try {
                return ledger.settle(request.run());
            } catch (SQLException | DatabaseException e) {
                doubt.addSuppressed(e);
                if (attempt == ATTEMPTS) {
                    throw new PublishUnknownException(request.run(), doubt);
                }
                catalog.database().pause(PAUSE.multipliedBy(attempt));
            }
        }
    }

    private void delete(Iterable<Staged> tables) {
        for (Staged table : tables) {
            try {
                table.deleteStaged(catalog.io());
            } catch (RuntimeException e) {
                LOG.warn("Left behind: {}", table.change().toLocation(), e);
            }
        }
    }

    /** Rolls back: a table's pointer is not where it was staged from. */
    private static final class PointerMoved extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PointerMoved(TableName table) {
            super(table + " changed while it was published");
        }
    }
}
