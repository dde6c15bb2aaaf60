package dev.galley.catalog.run;

import dev.galley.catalog.Database;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps all runs, their status and what they published. Safe for threads and processes. */
final class Ledger {
    private final Database database;
    private final Clock clock;

    private Ledger(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Creates its tables if they are missing. */
    static Ledger open(Database database, Clock clock) {
        LedgerSchema.open(database);
        return new Ledger(database, clock);
    }

    /**
     * Enters a run as {@link Status#RUNNING}, with this process as its holder. Take the lease before: a run without one
     * counts as dead.
     */
    RunRecord begin(RunId run, String pipeline, RunRecord.Kind kind) {
        Instant now = now();
        ProcessIdentity holder = ProcessIdentity.current();
        // Repeated after a lost answer it finds its own row: the id is ours alone.
        database.repeatable(
                "enter run " + run,
                connection -> Database.update(
                        connection,
                        "INSERT INTO galley_runs (run_id, pipeline, kind, status, host, space, pid, process_started,"
                                + " started_at) VALUES (?, ?, ?, 'RUNNING', ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        run.text(),
                        pipeline,
                        kind.text(),
                        holder.host(),
                        holder.space(),
                        holder.pid(),
                        holder.started().toEpochMilli(),
                        now.toEpochMilli()));
        return existing(run);
    }

    /**
     * Ends a run: BLOCKED, HELD or FAILED. PUBLISHED is written by the publication alone.
     *
     * @throws RunException if the run is not {@link Status#RUNNING}
     */
    RunRecord finish(RunId run, Status status, int exitCode, String report) {
        if (!Set.of(Status.BLOCKED, Status.HELD, Status.FAILED).contains(status)) {
            throw new IllegalArgumentException("Cannot finish run " + run + " as " + status);
        }
        return change(
                run,
                Set.of(Status.RUNNING),
                Set.of(status),
                "status = ?, ended_at = ?, exit_code = ?, report = ?",
                status.name(),
                now().toEpochMilli(),
                exitCode,
                report);
    }

    /** Moves a run to a final status other than PUBLISHED without touching its report. */
    RunRecord close(RunId run, Set<Status> from, Status to) {
        if (!to.isFinal() || to == Status.PUBLISHED) {
            throw new IllegalArgumentException("Cannot close run " + run + " as " + to);
        }
        return change(
                run, from, Set.of(to), "status = ?, ended_at = COALESCE(ended_at, ?)", to.name(), now().toEpochMilli());
    }

    /** A BLOCKED run gives way to a later one, which takes its input. */
    RunRecord supersede(RunId run, RunId by) {
        return change(
                run,
                Set.of(Status.BLOCKED),
                Set.of(Status.SUPERSEDED),
                "status = 'SUPERSEDED', superseded_by = ?, ended_at = COALESCE(ended_at, ?)",
                by.text(),
                now().toEpochMilli());
    }

    /** A BLOCKED run is kept for a person: later runs wait until it is dropped. */
    RunRecord hold(RunId run) {
        return change(run, Set.of(Status.BLOCKED), Set.of(Status.HELD), "status = 'HELD'");
    }

    /** Notes that no audit branch of the run is left. */
    void cleaned(RunId run) {
        Set<Status> ended = Set.of(Status.PUBLISHED, Status.FAILED, Status.DISCARDED, Status.SUPERSEDED);
        change(run, ended, ended, "cleaned_at = ?", now().toEpochMilli());
    }

    Optional<RunRecord> run(RunId run) {
        return select("WHERE run_id = ?", run.text()).stream().findFirst();
    }

    /** Newest first. */
    List<RunRecord> runs(String pipeline, int limit) {
        return select("WHERE pipeline = ? ORDER BY started_at DESC, run_id DESC LIMIT ?", pipeline, limit);
    }

    /** Of a status, newest first. */
    List<RunRecord> runs(String pipeline, Status status, int limit) {
        return select(
                "WHERE pipeline = ? AND status = ? ORDER BY started_at DESC, run_id DESC LIMIT ?",
                pipeline,
                status.name(),
                limit);
    }

    /** All runs of a status, oldest first. */
    List<RunRecord> all(String pipeline, Status status) {
        return select("WHERE pipeline = ? AND status = ? ORDER BY started_at", pipeline, status.name());
    }

    /** The newest run in one of these statuses. */
    Optional<RunRecord> newest(String pipeline, Status first, Status... more) {
        List<Object> values = new ArrayList<>(List.of(pipeline, first.name()));
        for (Status status : more) {
            values.add(status.name());
        }
        return select(
                        "WHERE pipeline = ? AND status IN (?" + ", ?".repeat(more.length)
                                + ") ORDER BY started_at DESC, run_id DESC LIMIT 1",
                        values.toArray())
                .stream()
                .findFirst();
    }

    /** Runs that may have left audit branches behind: still RUNNING, or final and not yet cleaned. Oldest first. */
    List<RunRecord> unsettled(String pipeline) {
        return select(
                "WHERE pipeline = ? AND cleaned_at IS NULL AND status NOT IN ('BLOCKED', 'HELD') ORDER BY started_at",
                pipeline);
    }

    /**
     * Whether the process of a run may be alive and not know that the run was ended: others ended it, less than a day
     * ago, and the process is not known to be dead.
     */
    boolean mayStillWrite(RunRecord run) {
        Instant aDayAgo = now().minus(Duration.ofDays(1));
        return run.exitCode().isEmpty()
                && run.endedAt().map(aDayAgo::isBefore).orElse(true)
                && !run.holder().isKnownDead();
    }

    /** What a run published; empty if it did not. */
    Optional<PublishedRun> published(RunId run) {
        return database.repeatable("read what run " + run + " published", connection -> published(connection, run));
    }

    /** The runs of a pipeline that published, with the instant; newest first. */
    Map<RunId, Instant> publications(String pipeline) {
        Map<RunId, Instant> runs = new LinkedHashMap<>();
        database.repeatable(
                        "list what " + pipeline + " published",
                        connection -> Database.query(
                                connection,
                                row -> Map.entry(new RunId(row.getString(1)), Instant.ofEpochMilli(row.getLong(2))),
                                "SELECT run_id, published_at FROM galley_publications WHERE pipeline = ?"
                                        + " ORDER BY published_at DESC, run_id DESC",
                                pipeline))
                .forEach(publication -> runs.put(publication.getKey(), publication.getValue()));
        return runs;
    }

    /** When a pipeline publishes next: now, but after what it published last, whatever our clock says. */
    Instant publicationTime(String pipeline, Instant now) {
        long last = publications(pipeline).values().stream()
                .mapToLong(Instant::toEpochMilli)
                .max()
                .orElse(0);
        return Instant.ofEpochMilli(Math.max(now.toEpochMilli(), last + 1));
    }

    /** Of every pipeline what it published last, up to and including this instant; of one that had not yet, nothing. */
    List<PublishedRun> publishedAt(Instant at) {
        return database.repeatable("read what was published at " + at, connection -> {
            List<PublishedRun> all = new ArrayList<>();
            for (RunId run : newestPublications(connection, at)) {
                published(connection, run).ifPresent(all::add);
            }
            return all;
        });
    }

    private static List<RunId> newestPublications(Connection connection, Instant at) throws SQLException {
        return Database.query(
                connection,
                row -> new RunId(row.getString(1)),
                "SELECT p.run_id FROM galley_publications p WHERE p.published_at <= ? AND NOT EXISTS (SELECT 1"
                        + " FROM galley_publications later WHERE later.pipeline = p.pipeline"
                        + " AND later.published_at <= ? AND (later.published_at > p.published_at"
                        + " OR later.published_at = p.published_at AND later.run_id > p.run_id))"
                        + " ORDER BY p.pipeline",
                at.toEpochMilli(),
                at.toEpochMilli());
    }

    /**
     * Writes the publication and the run's final status into the caller's transaction.
     *
     * @param report of the run, as it is in the ledger afterwards
     * @throws SQLException with a duplicate key if the run was published before
     * @throws RunException if the run is neither RUNNING nor HELD
     * @throws LeaseLostException if the token is not the pipeline's current one
     */
    void publish(Connection connection, PublishedRun published, long token, String report) throws SQLException {
        String run = published.run().text();
        long at = published.at().toEpochMilli();
        // First, so that the transaction begins with a write and a second publish of the run stops here.
        Database.update(
                connection,
                "INSERT INTO galley_publications (run_id, pipeline, published_at) VALUES (?, ?, ?)",
                run,
                published.pipeline(),
                at);
        if (Database.update(
                        connection,
                        "UPDATE galley_lease SET token = token WHERE pipeline = ? AND token = ? AND run_id = ?",
                        published.pipeline(),
                        token,
                        run)
                != 1) {
            throw new LeaseLostException(published.pipeline(), published.run());
        }
        if (Database.update(
                        connection,
                        "UPDATE galley_runs SET status = 'PUBLISHED', ended_at = ?, exit_code = 0, cleaned_at = ?,"
                                + " report = ? WHERE run_id = ? AND pipeline = ? AND status IN ('RUNNING', 'HELD')",
                        at,
                        at,
                        report,
                        run,
                        published.pipeline())
                != 1) {
            throw new RunException(
                    "Cannot publish run " + run + ": it is neither running nor held", NextStep.show(run));
        }
        for (PublishedRun.Table table : published.tables()) {
            Database.update(
                    connection,
                    "INSERT INTO galley_run_tables (run_id, table_namespace, table_name, from_location, to_location,"
                            + " snapshot_id, change) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    run,
                    table.name().namespace(),
                    table.name().name(),
                    table.fromLocation(),
                    table.toLocation(),
                    table.snapshotId(),
                    table.change().name());
        }
    }

    /**
     * Settles a publication whose COMMIT was not answered: waits for that transaction to end.
     *
     * @return what was published, or empty: then it was not, and that transaction can not publish it any more
     */
    Optional<PublishedRun> settle(RunId run) throws SQLException {
        try {
            database.transaction(connection -> {
                Database.update(
                        connection,
                        "INSERT INTO galley_publications (run_id, pipeline, published_at) VALUES (?, '', 0)",
                        run.text());
                throw new NotThere();
            });
        } catch (NotThere e) {
            return Optional.empty();
        } catch (SQLException e) {
            if (!Database.duplicateKey(e)) {
                throw e;
            }
        }
        return published(run);
    }

    private static Optional<PublishedRun> published(Connection connection, RunId run) throws SQLException {
        // What is seen here was committed with its tables, and neither changes any more.
        for (PublishedRun bare : Database.query(
                connection,
                row -> new PublishedRun(run, row.getString(1), Instant.ofEpochMilli(row.getLong(2)), List.of()),
                "SELECT pipeline, published_at FROM galley_publications WHERE run_id = ?",
                run.text())) {
            List<PublishedRun.Table> tables = Database.query(
                    connection,
                    Ledger::publishedTable,
                    "SELECT table_namespace, table_name, from_location, to_location, snapshot_id, change"
                            + " FROM galley_run_tables WHERE run_id = ? ORDER BY table_namespace, table_name",
                    run.text());
            return Optional.of(new PublishedRun(run, bare.pipeline(), bare.at(), tables));
        }
        return Optional.empty();
    }

    private static PublishedRun.Table publishedTable(ResultSet row) throws SQLException {
        return new PublishedRun.Table(
                new TableName(row.getString(1), row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                PublishedRun.Change.valueOf(row.getString(6)));
    }

    /** A lost answer is settled by asking again: then the run is no longer in {@code from}, but where it was to go. */
    private RunRecord change(RunId run, Set<Status> from, Set<Status> to, String assignments, Object... values) {
        String statuses =
                String.join("', '", from.stream().map(Status::name).sorted().toList());
        List<Object> all = new ArrayList<>(List.of(values));
        all.add(run.text());
        Database.Answer<Integer> changed = database.conditional(
                "change run " + run,
                connection -> Database.update(
                        connection,
                        "UPDATE galley_runs SET " + assignments + " WHERE run_id = ? AND status IN ('" + statuses
                                + "')",
                        all.toArray()));
        RunRecord now = existing(run);
        if (changed.value() != 1 && !(changed.unknown() && to.contains(now.status()))) {
            throw new RunException("Cannot change run " + run + ": it is " + now.status());
        }
        return now;
    }

    RunRecord existing(RunId run) {
        return run(run).orElseThrow(() -> new RunException("No run " + run + " in the ledger"));
    }

    private List<RunRecord> select(String where, Object... values) {
        return database.repeatable(
                "read the ledger",
                connection -> Database.query(
                        connection,
                        RunRecord::read,
                        "SELECT " + RunRecord.COLUMNS + " FROM galley_runs " + where,
                        values));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** Rolls the question back. */
    private static final class NotThere extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
