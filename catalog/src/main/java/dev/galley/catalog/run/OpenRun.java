package dev.galley.catalog.run;

import dev.galley.catalog.Parallel;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.GalleyException;
import dev.galley.definition.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of this process, which holds its pipeline's lease until it is closed. Once it has begun it ends in one of four ways:
 * {@linkplain #block blocked}, {@linkplain #hold held}, {@linkplain #publish published}, or failed, which closing sees to. Tables
 * may be forked by several threads; all else is one thread's.
 */
public final class OpenRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenRun.class);
    private static final Parallel READING = new Parallel(4);

    private final Runs runs;
    private final Lease lease;
    private final Kind kind;
    private final List<RunRecord> settled;
    private final SortedMap<TableName, String> locations;
    private final AuditBranch branch;
    private final Map<TableName, Fork> forks = new ConcurrentHashMap<>();
    private boolean begun;
    private boolean ended;
    private @Nullable RunReport report;

    OpenRun(Runs runs, Lease lease, Kind kind, List<RunRecord> settled) {
        this.runs = runs;
        this.lease = lease;
        this.kind = kind;
        this.settled = List.copyOf(settled);
        this.locations = runs.catalog.locations();
        this.branch = new AuditBranch(runs.catalog, lease.run());
    }

    public RunId id() {
        return lease.run();
    }

    public String pipeline() {
        return lease.pipeline();
    }

    /** Lists the runs of processes that are gone, which were settled when this one was opened. */
    public List<RunRecord> settled() {
        return settled;
    }

    /** Tells where the metadata of each table was when the run was opened: what it goes on from. */
    public SortedMap<TableName, String> locations() {
        return locations;
    }

    /**
     * Enters the run in the ledger, unless it is there; the first fork does so, too. A run that finds nothing to do need not.
     *
     * @return the blocked run of which it takes the place
     */
    public synchronized Optional<RunId> begin() {
        if (begun) {
            return Optional.empty();
        }
        runs.ledger.begin(id(), pipeline(), kind);
        begun = true;
        if (kind != Kind.RUN) {
            return Optional.empty();
        }
        Optional<RunId> blocked = runs.ledger.newest(pipeline(), Status.BLOCKED).map(RunRecord::id);
        blocked.ifPresent(old -> runs.recovery.supersede(old, id()));
        return blocked;
    }

    /** Makes the run's audit branch on a table that is there; the second time it gives the first again. */
    public Fork fork(TableName table) {
        begin();
        return forks.computeIfAbsent(table, branch::fork);
    }

    /** The tables that the run has forked, each with what its branch began with. */
    public Map<TableName, Fork> forks() {
        return Map.copyOf(forks);
    }

    /** The newest snapshot of a table's audit branch; empty if the run has not forked it. */
    public OptionalLong head(TableName table) {
        return forks.containsKey(table) ? branch.head(table) : OptionalLong.empty();
    }

    /** Ends the run as blocked: a check failed. Its branches stay for a look. */
    public void block(RunReport done) {
        end(() -> finish(Status.BLOCKED, done.blockedExitCode(), completed(done, Map.of())));
    }

    /** Ends the run as held: its audit passed, and a person must publish it, exactly as it is. */
    public void hold(RunReport done) {
        end(() -> finish(Status.HELD, ExitCode.HELD, completed(done, Map.of())));
    }

    /**
     * Publishes what the run wrote: {@code main} of its tables moves, and every table of the pipeline gets its tag.
     *
     * @throws MainMovedException naming every table whose {@code main} is not where the run saw it; nothing is published
     * @throws dev.galley.catalog.CatalogException if a branch is not what was audited, another run took over, the database keeps
     *     refusing, or its outcome could not be found out; but for the last nothing is published
     */
    public PublishedRun publish(RunReport done) {
        return publish(done, Map.of());
    }

    /**
     * Publishes as {@link #publish(RunReport)} does, and some tables go back to an earlier state.
     *
     * @param restored those tables, which it has not forked, each with the snapshot that becomes its {@code main}
     */
    public PublishedRun publish(RunReport done, Map<TableName, Long> restored) {
        return end(() -> {
            report = completed(done, restored);
            return runs.publication.publish(Publication.Request.of(lease, report, restored));
        });
    }

    /** The report as the ledger has it, with what was audited and seen; only of a run that has ended by one. */
    public RunReport report() {
        if (report == null) {
            throw new IllegalStateException("Run " + id() + " has not ended by a report");
        }
        return report;
    }

    /** Drops a branch that {@link Runs#abandonedBranches} found. */
    public void dropBranch(TableName table, RunId of) {
        new AuditBranch(runs.catalog, of).drop(table);
    }

    private RunReport finish(Status status, ExitCode exitCode, RunReport completed) {
        report = completed;
        runs.ledger.finish(id(), status, exitCode.number(), completed.toJson());
        return completed;
    }

    private <R> R end(Supplier<R> ending) {
        if (ended) {
            throw new IllegalStateException("Run " + id() + " has ended already");
        }
        begin();
        R result = ending.get();
        ended = true;
        return result;
    }

    private RunReport completed(RunReport done, Map<TableName, Long> restored) {
        List<TableName> others = runs.catalog.tables(pipeline()).stream()
                .filter(table -> !forks.containsKey(table) && !restored.containsKey(table))
                .toList();
        return done.withHeads(READING.map(forks.values(), branch::audited))
                .withSeen(READING.map(others, table -> new RunReport.Seen(table, mainWhenOpened(table))));
    }

    /** That metadata goes only after many commits of somebody else: where it is gone, nobody knows any more what the run saw. */
    private @Nullable Long mainWhenOpened(TableName table) {
        String location = locations.get(table);
        if (location == null) {
            return null;
        }
        Snapshot main;
        try {
            main = runs.catalog.at(table, location).currentSnapshot();
        } catch (NotFoundException e) {
            throw new MainMovedException(id(), List.of(table));
        }
        return main == null ? null : main.snapshotId();
    }

    /**
     * Ends the run as failed, and drops its branches, if it has begun and not ended; that this does not succeed is noted with the
     * cause, and the next command settles what is left.
     */
    public void fail(Exception cause) {
        try {
            fail(cause instanceof GalleyException known ? known.exitCode() : ExitCode.FAILED);
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private void fail(ExitCode exitCode) {
        if (begun && !ended) {
            ended = true;
            RunReport nothing = RunReport.of(id(), pipeline(), List.of());
            runs.recovery.fail(id(), exitCode.number(), nothing.toJson());
        }
    }

    /** Fails a run that has not ended, and gives the lease back. */
    @Override
    public void close() {
        try {
            fail(ExitCode.FAILED);
        } catch (RuntimeException e) {
            LOG.warn("Run {} is left to the next command to settle: {}", id(), e.getMessage());
        } finally {
            lease.close();
        }
    }
}
