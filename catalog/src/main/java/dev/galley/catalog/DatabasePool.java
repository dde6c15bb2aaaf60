package dev.galley.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.apache.iceberg.jdbc.JdbcClientPool;

/** What Iceberg's catalog sends to its pool goes to our database, once: Iceberg's own pool would repeat writes. */
final class DatabasePool extends JdbcClientPool {
    private final Database database;

    DatabasePool(Database database) {
        super(1, "", Map.of());
        this.database = database;
    }

    @Override
    public <R> R run(Action<R, Connection, SQLException> action) throws SQLException {
        return database.once(action::run);
    }

    @Override
    public <R> R run(Action<R, Connection, SQLException> action, boolean retry) throws SQLException {
        return database.once(action::run);
    }

    @Override
    public void close() {
        database.close();
    }
}
