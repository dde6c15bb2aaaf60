package dev.galley.catalog.run;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.galley.catalog.CatalogException;
import dev.galley.catalog.Database;
import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Parallel;
import dev.galley.catalog.UnknownCommitException;
import dev.galley.catalog.run.Stager.Staged;
import dev.galley.definition.Pipeline.TagRetention;
import dev.galley.definition.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves {@code main} of all tables of a run to their audited snapshots and names that state with the run's tag on every
 * table of the pipeline: all of it, with the run's status and report, or nothing, whatever process dies when. Tags that the
 * pipeline's retention gives up go from these tables at the same time.
 */
final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final GalleyCatalog catalog;
    private final Ledger ledger;
    private final Clock clock;
    private final Function<String, Optional<TagRetention>> retention;
    private final Parallel staging;
    private final Crashpoint crashpoint;

    Publication(
            GalleyCatalog catalog,
            Ledger ledger,
            Clock clock,
            Function<String, Optional<TagRetention>> retention,
            Parallel staging,
            Crashpoint crashpoint) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.clock = clock;
        this.retention = retention;
        this.staging = staging;
        this.crashpoint = crashpoint;
    }

    /** Hears of each step between two effects; a test may end the process there. */
    @FunctionalInterface
    interface Crashpoint {
        void reached(String step);
    }

    /**
     * What a run wants published.
     *
     * @param token of the lease that the run holds on the pipeline
     * @param heads every table that the run forked
     * @param restored tables that go back to an earlier state, each with its snapshot then, wherever {@code main} is now
     * @param seen of the other tables those that must be as the run saw them
     * @param report of the run, JSON text; in the ledger at the same instant
     */
    record Request(
            RunId run,
            String pipeline,
            long token,
            List<RunReport.Head> heads,
            Map<TableName, Long> restored,
            List<RunReport.Seen> seen,
            String report) {
        Request {
            heads = List.copyOf(heads);
            restored = Map.copyOf(restored);
            seen = List.copyOf(seen);
            if (named(heads, restored).size() != heads.size() + restored.size()) {
                throw new IllegalArgumentException("Cannot publish run " + run + ": a table is named twice");
            }
        }

        private static Set<TableName> named(List<RunReport.Head> heads, Map<TableName, Long> restored) {
            Set<TableName> named = new HashSet<>(restored.keySet());
            heads.forEach(head -> named.add(head.table()));
            return named;
        }

        static Request of(Lease lease, RunReport report, Map<TableName, Long> restored) {
            return new Request(
                    lease.run(),
                    lease.pipeline(),
                    lease.token(),
                    report.heads(),
                    restored,
                    report.seen(),
                    report.toJson());
        }

        /** Whether it says itself what becomes of a table. */
        boolean names(TableName table) {
            return named(heads, restored).contains(table);
        }
    }

    /**
     * Publishes, or says that it was done before: the same result again. Changes to a table that leave {@code main} alone
     * do not disturb it.
     *
     * @throws MainMovedException naming every table whose {@code main} is not where the run forked; nothing is published
     * @throws RunException if a branch is not what was audited, or the database keeps refusing; nothing is published
     * @throws LeaseLostException if another run took over; nothing is published
     * @throws PublishUnknownException if the outcome of COMMIT could not be found out
     */
    PublishedRun publish(Request request) {
        Optional<PublishedRun> done = ledger.published(request.run());
        if (done.isPresent()) {
            return done.get();
        }
        Stager stager = new Stager(request.run(), expired(request.pipeline()), catalog.io());
        List<TableName> others = catalog.tables(request.pipeline()).stream()
                .filter(table -> !request.names(table))
                .toList();
        SortedMap<TableName, Staged> staged = new ConcurrentSkipListMap<>();
        SortedMap<TableName, String> empty = new ConcurrentSkipListMap<>();
        boolean undo = true;
        try {
            PublishedRun published = attempts(request, stager, others, staged, empty);
            undo = false;
            crashpoint.reached("published");
            staging.each(staged.values(), table -> table.deleteOld(catalog));
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

    private List<RunId> expired(String pipeline) {
        return retention
                .apply(pipeline)
                .map(kept -> kept.givenUp(ledger.publications(pipeline)))
                .orElse(List.of());
    }

    /** @param empty where those tables stand that have nothing to name, and must not get a {@code main} meanwhile */
    private PublishedRun attempts(
            Request request,
            Stager stager,
            List<TableName> others,
            SortedMap<TableName, Staged> staged,
            SortedMap<TableName, String> empty) {
        for (int attempt = 1; ; attempt++) {
            stage(request, stager, others, staged, empty);
            crashpoint.reached("staged");
            PublishedRun published = new PublishedRun(
                    request.run(),
                    request.pipeline(),
                    ledger.publicationTime(request.pipeline(), clock.instant()),
                    staged.values().stream().map(Staged::change).toList());
            try {
                catalog.database().transaction(connection -> commit(connection, request, published, empty));
                return published;
            } catch (UnknownCommitException e) {
                Optional<PublishedRun> settled = settled(request, e);
                if (settled.isPresent()) {
                    return settled.get();
                }
                again(request, attempt, e);
            } catch (PointerMoved e) {
                again(request, attempt, e);
            } catch (SQLException e) {
                Optional<PublishedRun> before =
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

    private static void again(Request request, int attempt, Exception reason) {
        if (attempt == ATTEMPTS) {
            throw new RunException(
                    "Cannot publish run " + request.run() + ": " + reason.getMessage() + " (" + ATTEMPTS
                            + " attempts); nothing was published, try again",
                    reason);
        }
        LOG.info("Publishing run {} again: {}", request.run(), reason.getMessage());
    }

    /** Stages what is not staged yet, and again what changed since it was. */
    private void stage(
            Request request,
            Stager stager,
            List<TableName> others,
            SortedMap<TableName, Staged> staged,
            SortedMap<TableName, String> empty) {
        SortedMap<TableName, String> now = catalog.locations();
        List<Staged> stale = staged.values().stream()
                .filter(table -> !table.change()
                        .fromLocation()
                        .equals(now.get(table.change().name())))
                .toList();
        stale.forEach(table -> staged.remove(table.change().name()));
        delete(stale);
        List<Runnable> work = new ArrayList<>();
        Set<TableName> moved = new ConcurrentSkipListSet<>();
        for (RunReport.Head head : request.heads()) {
            TableName table = head.table();
            if (!staged.containsKey(table)) {
                String from = found(now, table);
                work.add(unlessMoved(moved, () -> staged.put(table, stager.moved(head, from))));
            }
        }
        request.restored().forEach((table, snapshot) -> {
            if (!staged.containsKey(table)) {
                String from = found(now, table);
                work.add(() -> staged.put(table, stager.restored(table, snapshot, from)));
            }
        });
        Map<TableName, RunReport.Seen> seen = request.seen().stream().collect(toMap(RunReport.Seen::table, identity()));
        seen.values().stream()
                .filter(table -> table.main() != null && !others.contains(table.table()))
                .forEach(gone -> moved.add(gone.table()));
        empty.clear();
        for (TableName table : others) {
            if (!staged.containsKey(table)) {
                String from = found(now, table);
                work.add(unlessMoved(
                        moved,
                        () -> stager.tagged(table, from, seen.get(table))
                                .ifPresentOrElse(one -> staged.put(table, one), () -> empty.put(table, from))));
            }
        }
        AtomicInteger written = new AtomicInteger();
        staging.each(work, task -> {
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

    private PublishedRun commit(
            Connection connection, Request request, PublishedRun published, SortedMap<TableName, String> empty)
            throws SQLException {
        ledger.publish(connection, published, request.token(), request.report());
        crashpoint.reached("entered");
        // Sorted, or two publishers of the same tables could wait for each other.
        List<PublishedRun.Table> sorted = new ArrayList<>(published.tables());
        sorted.sort(Comparator.comparing(PublishedRun.Table::name));
        int k = 0;
        for (PublishedRun.Table table : sorted) {
            if (!catalog.pointers().move(connection, table.name(), table.fromLocation(), table.toLocation())) {
                throw new PointerMoved(table.name());
            }
            k++;
            crashpoint.reached("moved " + k);
        }
        for (RunReport.Seen seen : request.seen()) {
            String was = empty.get(seen.table());
            if (was != null && !Optional.of(was).equals(catalog.pointers().location(connection, seen.table()))) {
                throw new PointerMoved(seen.table());
            }
        }
        crashpoint.reached("commit");
        return published;
    }

    private Optional<PublishedRun> settled(Request request, UnknownCommitException unknown) {
        for (int attempt = 1; ; attempt++) {
            try {
                return ledger.settle(request.run());
            } catch (SQLException | CatalogException e) {
                unknown.addSuppressed(e);
                if (attempt == ATTEMPTS) {
                    throw new PublishUnknownException(request.run(), unknown);
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
