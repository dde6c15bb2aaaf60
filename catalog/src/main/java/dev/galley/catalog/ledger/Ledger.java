package dev.galley.catalog.ledger;

import dev.galley.catalog.Database;
import dev.galley.definition.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
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

/** All runs, what they published, and where they stand. Safe for threads and processes. */
public final class Ledger {
    private final Database database;
    private final Clock clock;

    private Ledger(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Creates its tables if they are missing. */
    public static Ledger open(Database database, Clock clock) {
        Schema.open(database);
        return new Ledger(database, clock);
    }

    /**
     * Enters a run as {@link Status#RUNNING}, with this process as its holder. Take the lease before: a run without one
     * counts as dead.
     */
    public Run begin(RunId run, String pipeline, String kind) {
        Instant now = now();
        Holder holder = Holder.current();
        // Repeated after a lost answer it finds its own row: the id is ours alone.
        database.repeatable("enter run " + run, connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO galley_runs (run_id, pipeline, kind, status, host, space,"
                            + " pid, process_started, started_at) VALUES (?, ?, ?, 'RUNNING', ?, ?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING")) {
                Sql.bind(
                        insert,
                        run.text(),
                        pipeline,
                        kind,
                        holder.host(),
                        holder.space(),
                        holder.pid(),
                        holder.started().toEpochMilli(),
                        now.toEpochMilli());
                return insert.executeUpdate();
            }
        });
        return existing(run);
    }

    /** Replaces the report of a run that is not final. */
    public void report(RunId run, String report) {
        Set<Status> open = Set.of(Status.RUNNING, Status.BLOCKED, Status.HELD);
        change(run, open, open, "report = ?", report);
    }

    /**
     * Ends a run: BLOCKED, HELD or FAILED. PUBLISHED is written by the publication alone.
     *
     * @throws LedgerException if the run is not {@link Status#RUNNING}
     */
    public Run finish(RunId run, Status status, int exitCode, String report) {
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
    public Run close(RunId run, Set<Status> from, Status to) {
        if (!to.isFinal() || to == Status.PUBLISHED) {
            throw new IllegalArgumentException("Cannot close run " + run + " as " + to);
        }
        return change(
                run, from, Set.of(to), "status = ?, ended_at = COALESCE(ended_at, ?)", to.name(), now().toEpochMilli());
    }

    /** A BLOCKED run gives way to a later one, which takes its input. */
    public Run supersede(RunId run, RunId by) {
        return change(
                run,
                Set.of(Status.BLOCKED),
                Set.of(Status.SUPERSEDED),
                "status = 'SUPERSEDED', superseded_by = ?, ended_at = COALESCE(ended_at, ?)",
                by.text(),
                now().toEpochMilli());
    }

    /** A BLOCKED run is kept for a person: later runs wait until it is dropped. */
    public Run hold(RunId run) {
        return change(run, Set.of(Status.BLOCKED), Set.of(Status.HELD), "status = 'HELD'");
    }

    /** Notes that no audit branch of the run is left. */
    public void cleaned(RunId run) {
        Set<Status> ended = Set.of(Status.PUBLISHED, Status.FAILED, Status.DISCARDED, Status.SUPERSEDED);
        change(run, ended, ended, "cleaned_at = ?", now().toEpochMilli());
    }

    public Optional<Run> run(RunId run) {
        return select("WHERE run_id = ?", run.text()).stream().findFirst();
    }

    /** Newest first. */
    public List<Run> runs(String pipeline, int limit) {
        return select("WHERE pipeline = ? ORDER BY started_at DESC, run_id DESC LIMIT ?", pipeline, limit);
    }

    /** Of a status, newest first. */
    public List<Run> runs(String pipeline, Status status, int limit) {
        return select(
                "WHERE pipeline = ? AND status = ? ORDER BY started_at DESC, run_id DESC LIMIT ?",
                pipeline,
                status.name(),
                limit);
    }

    /** All runs of a status, oldest first. */
    public List<Run> all(String pipeline, Status status) {
        return select("WHERE pipeline = ? AND status = ? ORDER BY started_at", pipeline, status.name());
    }

    /** The newest run in one of these statuses. */
    public Optional<Run> newest(String pipeline, Status first, Status... more) {
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
    public List<Run> unsettled(String pipeline) {
        return select(
                "WHERE pipeline = ? AND cleaned_at IS NULL AND status NOT IN ('BLOCKED', 'HELD') ORDER BY started_at",
                pipeline);
    }

    /**
     * Whether the process of a run may be alive and not know that the run was ended: others ended it, less than a day
     * ago, and the process is not known to be dead.
     */
    public boolean mayStillWrite(Run run) {
        Instant aDayAgo = now().minus(Duration.ofDays(1));
        return run.exitCode().isEmpty()
                && run.endedAt().map(aDayAgo::isBefore).orElse(true)
                && !run.holder().isKnownDead();
    }

    /** What a run published; empty if it did not. */
    public Optional<Published> published(RunId run) {
        return database.repeatable("read what run " + run + " published", connection -> published(connection, run));
    }

    /** The runs of a pipeline that published, with the instant; newest first. */
    public Map<RunId, Instant> publications(String pipeline) {
        return database.repeatable("list what " + pipeline + " published", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT run_id, published_at FROM galley_publications WHERE pipeline = ?"
                                    + " ORDER BY published_at DESC, run_id DESC");
                    ResultSet rows = Sql.query(select, pipeline)) {
                Map<RunId, Instant> runs = new LinkedHashMap<>();
                while (rows.next()) {
                    runs.put(new RunId(rows.getString(1)), Instant.ofEpochMilli(rows.getLong(2)));
                }
                return runs;
            }
        });
    }

    /** When a pipeline publishes next: now, but after what it published last, whatever our clock says. */
    public Instant publicationTime(String pipeline, Instant now) {
        long last = publications(pipeline).values().stream()
                .mapToLong(Instant::toEpochMilli)
                .max()
                .orElse(0);
        return Instant.ofEpochMilli(Math.max(now.toEpochMilli(), last + 1));
    }

    /** Of every pipeline what it published last, up to and including this instant; of one that had not yet, nothing. */
    public List<Published> publishedAt(Instant at) {
        return database.repeatable("read what was published at " + at, connection -> {
            List<Published> all = new ArrayList<>();
            for (String run : newestPublications(connection, at)) {
                published(connection, new RunId(run)).ifPresent(all::add);
            }
            return all;
        });
    }

    private static List<String> newestPublications(Connection connection, Instant at) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT p.run_id FROM galley_publications p WHERE p.published_at <= ? AND NOT EXISTS (SELECT 1"
                                + " FROM galley_publications later WHERE later.pipeline = p.pipeline"
                                + " AND later.published_at <= ? AND (later.published_at > p.published_at"
                                + " OR later.published_at = p.published_at AND later.run_id > p.run_id))"
                                + " ORDER BY p.pipeline");
                ResultSet rows = Sql.query(select, at.toEpochMilli(), at.toEpochMilli())) {
            List<String> runs = new ArrayList<>();
            while (rows.next()) {
                runs.add(rows.getString(1));
            }
            return runs;
        }
    }

    /**
     * Writes the publication and the run's final status into the caller's transaction.
     *
     * @param report of the run, as it stands in the ledger afterwards
     * @throws SQLException with a duplicate key if the run was published before
     * @throws LedgerException if the run is neither RUNNING nor HELD
     * @throws LeaseLostException if the token is not the pipeline's current one
     */
    public void publish(Connection connection, Published published, long token, String report) throws SQLException {
        String run = published.run().text();
        long at = published.at().toEpochMilli();
        // First, so that the transaction begins with a write and a second publish of the run stops here.
        Sql.update(
                connection,
                "INSERT INTO galley_publications (run_id, pipeline, published_at) VALUES (?, ?, ?)",
                run,
                published.pipeline(),
                at);
        if (Sql.update(
                        connection,
                        "UPDATE galley_lease SET token = token WHERE pipeline = ? AND token = ? AND run_id = ?",
                        published.pipeline(),
                        token,
                        run)
                != 1) {
            throw new LeaseLostException(published.pipeline(), published.run());
        }
        if (Sql.update(
                        connection,
                        "UPDATE galley_runs SET status = 'PUBLISHED', ended_at = ?, exit_code = 0, cleaned_at = ?,"
                                + " report = ? WHERE run_id = ? AND pipeline = ? AND status IN ('RUNNING', 'HELD')",
                        at,
                        at,
                        report,
                        run,
                        published.pipeline())
                != 1) {
            throw new LedgerException(
                    "Cannot publish run " + run + ": it is neither running nor held; see galley show " + run);
        }
        for (RunTable table : published.tables()) {
            Sql.update(
                    connection,
                    "INSERT INTO galley_run_tables (run_id, table_namespace, table_name, from_location, to_location,"
                            + " snapshot_id, change) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    run,
                    table.table().namespace(),
                    table.table().name(),
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
    public Optional<Published> settle(RunId run) throws SQLException {
        try {
            database.transaction(connection -> {
                Sql.update(
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

    private static Optional<Published> published(Connection connection, RunId run) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT p.pipeline, p.published_at, t.table_namespace, t.table_name, t.from_location,"
                                + " t.to_location, t.snapshot_id, t.change FROM galley_publications p"
                                + " LEFT JOIN galley_run_tables t ON t.run_id = p.run_id WHERE p.run_id = ?"
                                + " ORDER BY t.table_namespace, t.table_name");
                ResultSet rows = Sql.query(select, run.text())) {
            if (!rows.next()) {
                return Optional.empty();
            }
            String pipeline = rows.getString(1);
            Instant at = Instant.ofEpochMilli(rows.getLong(2));
            List<RunTable> tables = new ArrayList<>();
            do {
                if (rows.getString(3) != null) {
                    tables.add(new RunTable(
                            run,
                            new TableName(rows.getString(3), rows.getString(4)),
                            rows.getString(5),
                            rows.getString(6),
                            rows.getLong(7),
                            RunTable.Change.valueOf(rows.getString(8))));
                }
            } while (rows.next());
            return Optional.of(new Published(run, pipeline, at, tables));
        }
    }

    /** A lost answer is settled by asking again: then the run is no longer in {@code from}, but where it was to go. */
    private Run change(RunId run, Set<Status> from, Set<Status> to, String assignments, Object... values) {
        String statuses =
                String.join("', '", from.stream().map(Status::name).sorted().toList());
        List<Object> all = new ArrayList<>(List.of(values));
        all.add(run.text());
        Database.Answer<Integer> changed = database.conditional(
                "change run " + run,
                connection -> Sql.update(
                        connection,
                        "UPDATE galley_runs SET " + assignments + " WHERE run_id = ? AND status IN ('" + statuses
                                + "')",
                        all.toArray()));
        Run now = existing(run);
        if (changed.value() != 1 && !(changed.doubtful() && to.contains(now.status()))) {
            throw new LedgerException("Cannot change run " + run + ": it is " + now.status());
        }
        return now;
    }

    private Run existing(RunId run) {
        return run(run).orElseThrow(() -> new LedgerException("No run " + run + " in the ledger; see galley runs"));
    }

    private List<Run> select(String where, Object... values) {
        return database.repeatable("read the ledger", connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT " + Rows.RUN + " FROM galley_runs " + where);
                    ResultSet rows = Sql.query(select, values)) {
                List<Run> runs = new ArrayList<>();
                while (rows.next()) {
                    runs.add(Rows.run(rows));
                }
                return runs;
            }
        });
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** Rolls the question back. */
    private static final class NotThere extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
