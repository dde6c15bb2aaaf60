package dev.galley.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer at a time, and how long the others wait. */
@SuppressWarnings("try") // a lock is held, not used
class SqliteTest {
    private static final TableName TABLE = TableName.of("silver.t");

    @TempDir
    Path folder;

    private Lakehouse lakehouse;

    @BeforeEach
    void choose() {
        lakehouse = new Lakehouse(folder);
    }

    @Test
    void sqliteRunsWithWriteAheadLogFullSyncAndPatience() throws Exception {
        try (Connection connection = new JdbcConnections(lakehouse.uri(), Map.of()).open();
                Statement statement = connection.createStatement()) {
            assertThat(pragma(statement, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(statement, "synchronous")).isEqualTo("2");
            assertThat(pragma(statement, "busy_timeout")).isEqualTo("20000");
        }
    }

    @Test
    void lockOfASecondIsWaitedFor() throws Exception {
        try (GalleyCatalog catalog = lakehouse.open();
                Connection locking = locked()) {
            CompletableFuture<Void> created =
                    CompletableFuture.runAsync(() -> Lakehouse.create(catalog, "silver.t", Map.of()));
            Thread.sleep(1000);
            assertThat(created).isNotDone();
            locking.close();
            created.get();
            assertThat(catalog.exists(TABLE)).isTrue();
        }
    }

    @Test
    void lockThatStaysFailsTheCommitAndTheTableGoesOn() throws Exception {
        Database.Connections impatient = lakehouse.connections(Map.of("busy_timeout", "50"));
        try (GalleyCatalog catalog = lakehouse.open(impatient)) {
            Table table = Lakehouse.create(catalog, "silver.t", Map.of(TableProperties.COMMIT_NUM_RETRIES, "0"));
            try (Connection locking = locked()) {
                assertThat(locking.getAutoCommit()).isFalse();
                assertThatThrownBy(() -> Lakehouse.append(catalog, "silver.t", "main", 1))
                        .isInstanceOf(CommitFailedException.class)
                        .hasMessageContaining("its database is busy");
            }
            Lakehouse.append(catalog, "silver.t", "main", 2);
            table.refresh();
            assertThat(table.currentSnapshot().summary()).containsEntry("total-records", "2");
        }
    }

    @Test
    void lockThatGoesMeanwhileFailsNoCommit() throws Exception {
        Database.Connections impatient = lakehouse.connections(Map.of("busy_timeout", "50"));
        Deque<Connection> locks = new ArrayDeque<>();
        Database.Connections unlocking = () -> {
            // Opened after a failure: in its place.
            if (!locks.isEmpty()) {
                locks.pop().close();
            }
            return impatient.open();
        };
        try (GalleyCatalog catalog = lakehouse.open(unlocking)) {
            Table table = Lakehouse.create(catalog, "silver.t", Map.of(TableProperties.COMMIT_NUM_RETRIES, "0"));
            locks.push(locked());

            Lakehouse.append(catalog, "silver.t", "main", 1);

            assertThat(locks).isEmpty();
            table.refresh();
            assertThat(table.currentSnapshot().summary()).containsEntry("total-records", "1");
        }
    }

    private Connection locked() throws SQLException {
        Connection locking = lakehouse.connections().open();
        locking.setAutoCommit(false);
        try (Statement statement = locking.createStatement()) {
            statement.execute("UPDATE iceberg_tables SET table_name = table_name");
        }
        return locking;
    }

    private static String pragma(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getString(1);
        }
    }
}
