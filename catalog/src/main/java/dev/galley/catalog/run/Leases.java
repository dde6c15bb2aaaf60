package dev.galley.catalog.run;

import dev.galley.catalog.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of a pipeline at a time. Every taking raises the pipeline's token, and a publication checks the token inside
 * its transaction, so a holder that was thought dead and wakes up can do no harm.
 */
final class Leases {
    /** How long a lease outlives its last heartbeat. */
    static final Duration LIFE = Duration.ofSeconds(60);

    /** How often a lease that seems to have run out is looked at, over half its life, before that is believed. */
    private static final int LOOKS = 10;

    private final Database database;
    private final Clock clock;
    private final Duration life;
    private final Map<String, Row> silent = new ConcurrentHashMap<>();

    Leases(Database database, Clock clock) {
        this(database, clock, LIFE);
    }

    Leases(Database database, Clock clock, Duration life) {
        LedgerSchema.open(database);
        this.database = database;
        this.clock = clock;
        this.life = life;
    }

    /**
     * Takes the lease for a run: when it is free, when it ran out, or at once when its holder is a process of this
     * machine that is gone. A thread renews it until it is closed. That it ran out is first what this machine's clock says, which
     * may go wrong; then the holder is watched, and while it shows heartbeats the lease is its own.
     *
     * @throws LeaseHeldException if another run has it
     */
    Lease acquire(String pipeline, RunId run) {
        boolean unknown = false;
        for (; ; ) {
            Row row = row(pipeline).orElseGet(() -> {
                enter(pipeline);
                return row(pipeline).orElseThrow();
            });
            if (unknown && row.belongsTo(run)) {
                return new Lease(this, pipeline, run, row.token(), life); // our own taking, whose answer was lost
            }
            if (row.run() != null && isHeld(pipeline, row)) {
                throw new LeaseHeldException(pipeline, row.run(), row.holder(), row.since());
            }
            Database.Answer<Boolean> taken = taken(pipeline, row, run);
            if (taken.value()) {
                return new Lease(this, pipeline, run, row.token() + 1, life);
            }
            unknown |= taken.unknown();
        }
    }

    /** The run at work now; empty if there is none, or its process is known to be dead, or its lease ran out. */
    Optional<RunId> holder(String pipeline) {
        return row(pipeline)
                .filter(row -> row.run() != null && isHeld(pipeline, row))
                .flatMap(row -> Optional.ofNullable(row.run()));
    }

    private boolean isHeld(String pipeline, Row row) {
        return !row.holder().isKnownDead() && (!row.expired(clock.instant()) || !isSilent(pipeline, row));
    }

    /** Watches a lease whose time is up by our clock. A holder that lives, whatever its clock says, changes the row. */
    private boolean isSilent(String pipeline, Row row) {
        for (int look = 0; look < LOOKS && !row.equals(silent.get(pipeline)); look++) {
            database.pause(life.dividedBy(2L * LOOKS));
            if (Thread.currentThread().isInterrupted()
                    || !row(pipeline).filter(row::equals).isPresent()) {
                return false;
            }
        }
        silent.put(pipeline, row);
        return true;
    }

    /** False if the lease was taken over. */
    boolean renewed(String pipeline, RunId run, long token) throws SQLException {
        return database.once(connection -> Database.update(
                        connection,
                        // Always another value, also when our clock was set back: others watch it change.
                        "UPDATE galley_lease SET expires_at = CASE WHEN expires_at < ? THEN ? ELSE expires_at + 1 END"
                                + " WHERE pipeline = ? AND token = ? AND run_id = ?",
                        clock.instant().plus(life).toEpochMilli(),
                        clock.instant().plus(life).toEpochMilli(),
                        pipeline,
                        token,
                        run.text()))
                == 1;
    }

    void release(String pipeline, RunId run, long token) {
        database.repeatable(
                "release the lease of " + pipeline,
                connection -> Database.update(
                        connection,
                        "UPDATE galley_lease SET run_id = NULL, expires_at = 0"
                                + " WHERE pipeline = ? AND token = ? AND run_id = ?",
                        pipeline,
                        token,
                        run.text()));
    }

    private void enter(String pipeline) {
        database.repeatable(
                "enter the lease of " + pipeline,
                connection -> Database.update(
                        connection,
                        "INSERT INTO galley_lease (pipeline, token, expires_at) VALUES (?, 0, 0) ON CONFLICT DO NOTHING",
                        pipeline));
    }

    /** Not if a heartbeat came since the row was read. */
    private Database.Answer<Boolean> taken(String pipeline, Row row, RunId run) {
        Instant now = clock.instant();
        ProcessIdentity holder = ProcessIdentity.current();
        return database.conditional(
                "take the lease of " + pipeline,
                connection -> Database.update(
                                connection,
                                "UPDATE galley_lease SET token = token + 1, run_id = ?, host = ?, space = ?, pid = ?,"
                                        + " process_started = ?, since = ?, expires_at = ?"
                                        + " WHERE pipeline = ? AND token = ? AND expires_at = ?",
                                run.text(),
                                holder.host(),
                                holder.space(),
                                holder.pid(),
                                holder.started().toEpochMilli(),
                                now.toEpochMilli(),
                                now.plus(life).toEpochMilli(),
                                pipeline,
                                row.token(),
                                row.expiresAt().toEpochMilli())
                        == 1);
    }

    private Optional<Row> row(String pipeline) {
        return database.repeatable("read the lease of " + pipeline, connection -> row(connection, pipeline));
    }

    private static Optional<Row> row(Connection connection, String pipeline) throws SQLException {
        return Database.query(
                        connection,
                        Leases::read,
                        "SELECT token, run_id, host, space, pid, process_started, since, expires_at FROM galley_lease"
                                + " WHERE pipeline = ?",
                        pipeline)
                .stream()
                .findFirst();
    }

    private static Row read(ResultSet row) throws SQLException {
        String run = row.getString("run_id");
        return new Row(
                row.getLong("token"),
                run == null ? null : new RunId(run),
                run == null ? ProcessIdentity.current() : ProcessIdentity.read(row),
                Instant.ofEpochMilli(row.getLong("since")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }

    private record Row(long token, @Nullable RunId run, ProcessIdentity holder, Instant since, Instant expiresAt) {
        boolean expired(Instant now) {
            return !expiresAt.isAfter(now);
        }

        boolean belongsTo(RunId other) {
            return other.equals(run) && holder.equals(ProcessIdentity.current());
        }
    }
}
