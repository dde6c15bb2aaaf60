package dev.galley.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's database. Nothing is repeated behind the caller's back unless it says so, and a connection that ever
 * failed is never used again. Safe for threads.
 */
public final class Database implements AutoCloseable {
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int IDLE_AT_MOST = 8;
    private static final int ATTEMPTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Any number, the same in every Galley. */
    private static final int DEFINING = 1_635_214_821;

    private final Connections connections;
    private final Consumer<Duration> waits;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    public Database(Connections connections) {
        this(connections, Database::sleep);
    }

    /** @param waits before something is tried again; a test's need not */
    public Database(Connections connections, Consumer<Duration> waits) {
        this.connections = connections;
        this.waits = waits;
    }

    /** Opens connections to the catalog's database; the caller closes them. */
    @FunctionalInterface
    public interface Connections {
        Connection open() throws SQLException;
    }

    /**
     * Opens no connection yet.
     *
     * @param uri {@code jdbc:sqlite:<file>} or {@code jdbc:postgresql:...}, without a password
     * @param properties of the driver: user, password; they win over Galley's own
     * @throws IllegalArgumentException for any other URI
     */
    public static Database open(String uri, Map<String, String> properties) {
        return new Database(new JdbcConnections(uri, properties));
    }

    /** Something done with a connection that is not kept. */
    @FunctionalInterface
    public interface Work<R> {
        R on(Connection connection) throws SQLException;
    }

    /**
     * For reads, and for writes that may happen twice: repeated once, on a fresh connection, when it fails.
     *
     * @param doing completes "Cannot ..." in the message of {@link DatabaseException}
     */
    public <R extends @Nullable Object> R repeatable(String doing, Work<R> work) {
        try {
            return once(work);
        } catch (SQLException first) {
            try {
                drain();
                return once(work);
            } catch (SQLException second) {
                second.addSuppressed(first);
                throw new DatabaseException(doing, second);
            }
        }
    }

    /**
     * One statement that commits by itself and, sent again, finds that it was there before. Tried four times.
     *
     * @return the last answer, and whether an earlier attempt may have been the one that took effect
     */
    public <R extends @Nullable Object> Answer<R> conditional(String doing, Work<R> work) {
        boolean unknown = false;
        for (int attempt = 1; ; attempt++) {
            try {
                return new Answer<>(once(work), unknown);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || forbidden(e)) {
                    throw new DatabaseException(doing, e);
                }
                unknown |= !definitelyNothing(e);
                pause(PAUSE.multipliedBy(attempt));
            }
        }
    }

    /** What a {@link #conditional} statement answered in the end. */
    public record Answer<R extends @Nullable Object>(R value, boolean unknown) {}

    /** One statement that commits by itself, sent once. Any exception leaves open whether it happened. */
    public <R extends @Nullable Object> R once(Work<R> work) throws SQLException {
        Connection connection = take();
        R result;
        try {
            result = work.on(connection);
        } catch (SQLException | RuntimeException | Error e) {
            close(connection, e);
            throw e;
        }
        give(connection);
        return result;
    }

    /**
     * All or nothing, sent once.
     *
     * @throws UnknownCommitException if COMMIT itself failed; any other exception means that nothing happened
     */
    public <R extends @Nullable Object> R transaction(Work<R> work) throws SQLException {
        Connection connection = take();
        R result;
        try {
            begin(connection);
            result = work.on(connection);
        } catch (SQLException | RuntimeException | Error e) {
            // Closing rolls back; the connection is not used again.
            close(connection, e);
            throw e;
        }
        try {
            commit(connection);
        } catch (SQLException e) {
            close(connection, e);
            throw new UnknownCommitException(e);
        }
        give(connection);
        return result;
    }

    /** Runs statements that create what is missing, one process at a time, all or none; three times if they fail. */
    public void define(String doing, List<String> statements) {
        for (int attempt = 1; ; attempt++) {
            try {
                transaction(connection -> defined(connection, statements));
                return;
            } catch (SQLException e) {
                if (attempt == 3 || forbidden(e)) {
                    throw new DatabaseException(doing, e);
                }
            }
        }
    }

    private static int defined(Connection connection, List<String> statements) throws SQLException {
        if (!isSqlite(connection)) {
            // IF NOT EXISTS alone fails on PostgreSQL when two do it at once.
            execute(connection, "SELECT pg_advisory_xact_lock(" + DEFINING + ")");
            // All in one schema, wherever in the search path the catalog is.
            String schema = schemaOf(connection, "iceberg_tables");
            if (schema != null) {
                execute(connection, "SET LOCAL search_path TO \"" + schema.replace("\"", "\"\"") + "\"");
            }
        }
        for (String statement : statements) {
            execute(connection, statement);
        }
        return statements.size();
    }

    /** Whether a bare name leads to a table. */
    public static boolean tableExists(Connection connection, String table) throws SQLException {
        if (!isSqlite(connection)) {
            return schemaOf(connection, table) != null;
        }
        try (ResultSet tables = connection.getMetaData().getTables(null, null, table, null)) {
            return tables.next();
        }
    }

    /** The schema that a bare name of a table leads to, the first of the search path that has it; null if none, and on SQLite. */
    static @Nullable String schemaOf(Connection connection, String table) throws SQLException {
        if (isSqlite(connection)) {
            return null;
        }
        return query(
                        connection,
                        row -> row.getString(1),
                        "SELECT n.nspname FROM pg_class c JOIN pg_namespace n"
                                + " ON n.oid = c.relnamespace WHERE c.oid = to_regclass(CAST(? AS text))",
                        table)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Whether the database refused before doing anything, so that the same may be tried again. */
    public static boolean definitelyNothing(SQLException e) {
        String state = e.getSQLState();
        // SQLITE_BUSY and its kin carry no SQLSTATE; 5 is the primary code in the low byte.
        boolean busy = state == null && (e.getErrorCode() & 0xff) == 5;
        boolean conflict = state != null && (state.equals("40001") || state.equals("40P01"));
        return !(e instanceof UnknownCommitException) && (busy || conflict);
    }

    /** Whether the database refused since its user may not do that; it did nothing, and will refuse again. */
    static boolean forbidden(@Nullable Throwable e) {
        return e instanceof SQLException refusal && "42501".equals(refusal.getSQLState());
    }

    /** Waits before another attempt; returns early, and still interrupted, when interrupted. */
    public void pause(Duration time) {
        waits.accept(time);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends one statement with these values; gives how many rows it changed. */
    public static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** Sends one question with these values, and makes something of each row. */
    public static <R> List<R> query(Connection connection, Row<R> row, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<R> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(row.read(rows));
                }
                return read;
            }
        }
    }

    /** Reads the current row of a result. */
    @FunctionalInterface
    public interface Row<R> {
        R read(ResultSet row) throws SQLException;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** Whether a unique key refused a row. */
    public static boolean duplicateKey(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return "23505".equals(e.getSQLState())
                || ((e.getErrorCode() & 0xff) == 19 && (message.contains("PRIMARYKEY") || message.contains("UNIQUE")));
    }

    /** On SQLite in words: its driver's commit() begins a new transaction at once, and may fail at that. */
    private static void begin(Connection connection) throws SQLException {
        if (isSqlite(connection)) {
            execute(connection, "BEGIN IMMEDIATE"); // waits for its turn; a later upgrade from read to write would not
        } else {
            connection.setAutoCommit(false);
            // A server must not wait for ever for a publisher that hangs, nor we for it.
            execute(connection, "SET LOCAL idle_in_transaction_session_timeout = '60s'");
            execute(connection, "SET LOCAL lock_timeout = '90s'");
        }
    }

    private static void commit(Connection connection) throws SQLException {
        if (isSqlite(connection)) {
            execute(connection, "COMMIT");
        } else {
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static boolean isSqlite(Connection connection) throws SQLException {
        return connection.getMetaData().getURL().startsWith("jdbc:sqlite:");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection take() throws SQLException {
        if (closed) {
            throw new IllegalStateException("Cannot use the catalog's database: it was closed");
        }
        for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (System.nanoTime() - next.since() < FRESH_NANOS || valid(next.connection())) {
                return next.connection();
            }
            close(next.connection(), null);
        }
        return connections.open();
    }

    private static boolean valid(Connection connection) {
        try {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private void give(Connection connection) {
        if (closed || idle.size() >= IDLE_AT_MOST) {
            close(connection, null);
        } else {
            idle.addFirst(new Idle(connection, System.nanoTime()));
        }
    }

    private void drain() {
        for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            close(next.connection(), null);
        }
    }

    private static void close(Connection connection, @Nullable Throwable reason) {
        try {
            connection.close();
        } catch (SQLException e) {
            if (reason != null) {
                reason.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        drain();
    }

    private record Idle(Connection connection, long since) {}
}
