package dev.galley.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The catalog's own tables, read behind its back. */
record Bookkeeping(Lakehouse lakehouse) {
    /** The tables of all pipelines, {@code ops} apart, as {@code namespace.table}. */
    List<String> tables() {
        return strings("SELECT table_namespace || '.' || table_name FROM iceberg_tables"
                + " WHERE table_namespace <> 'ops' ORDER BY 1");
    }

    /** The newest run that was published, if any. */
    Optional<String> published() {
        return strings("SELECT run_id FROM galley_publications ORDER BY published_at DESC, run_id DESC LIMIT 1")
                .stream()
                .findFirst();
    }

    /** Leases that are not given back. */
    List<String> leases() {
        return strings("SELECT pipeline || ' held by ' || run_id FROM galley_lease WHERE run_id IS NOT NULL");
    }

    /** Runs that ended without having removed their branches. */
    List<String> untidy() {
        return strings("SELECT run_id FROM galley_runs WHERE status <> 'PUBLISHED' AND cleaned_at IS NULL");
    }

    private List<String> strings(String query) {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + lakehouse.state().resolve("catalog.db"));
                Statement statement = connection.createStatement()) {
            List<String> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("no such table")) {
                return List.of(); // nothing was ever written
            }
            throw new IllegalStateException(e);
        }
    }
}
