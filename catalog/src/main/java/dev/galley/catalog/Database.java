package dev.galley.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's database. Nothing is repeated behind the caller's back unless it says so, and a connection that ever
 * failed is never used again. Safe for threads.
 */
public final class Database implements AutoCloseable {
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int IDLE_AT_MOST = 8;

    /** Any number, the same in every Galley. */
    private static final int DEFINING = 1_635_214_821;

    private final Connections connections;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    public Database(Connections connections) {
        this.connections = connections;
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

    /** {@link #transaction} for what may be tried again by a person: every failure is a {@link DatabaseException}. */
    public <R extends @Nullable Object> R change(String doing, Work<R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction(work);
            } catch (SQLException e) {
                if (attempt == 3 || !definitelyNothing(e)) {
                    throw new DatabaseException(doing, e);
                }
            }
        }
    }

    /** Runs statements that create what is missing, one process at a time, all or none. */
    public void define(String doing, List<String> statements) {
        change(doing, connection -> {
            if (!isSqlite(connection)) {
                // IF NOT EXISTS alone fails on PostgreSQL when two do it at once.
                execute(connection, "SELECT pg_advisory_xact_lock(" + DEFINING + ")");
            }
            for (String statement : statements) {
                execute(connection, statement);
            }
            return statements.size();
        });
    }

    /** Whether the database refused before doing anything, so that the same may be tried again. */
    public static boolean definitelyNothing(SQLException e) {
        String state = e.getSQLState();
        // SQLITE_BUSY and its kin carry no SQLSTATE; 5 is the primary code in the low byte.
        boolean busy = state == null && (e.getErrorCode() & 0xff) == 5;
        boolean conflict = state != null && (state.equals("40001") || state.equals("40P01"));
        return !(e instanceof UnknownCommitException) && (busy || conflict);
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
