package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.Database;
import dev.galley.catalog.Lakehouse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process holds SQLite's one lock while a run is published. */
class BusyDatabaseTest {
    private static final List<Long> BEFORE = List.of(0L, 1L, 1L, 1L, 1L);
    private static final List<Long> AFTER = List.of(10L, 11L, 11L, 11L, 11L);

    @TempDir
    Path folder;

    private final RunId run = nextRun();
    private FiveTables five;
    private FiveTables outside;
    private Lease lease;
    private Publication.Request request;

    @BeforeEach
    void write() {
        Lakehouse lakehouse = new Lakehouse(folder);
        five = FiveTables.create(lakehouse, lakehouse.open(), Clock.systemUTC());
        outside = FiveTables.on(lakehouse, lakehouse.open(), Clock.systemUTC());
        lease = five.leases().acquire("p", run);
        five.ledger().begin(run, "p", RunRecord.Kind.RUN);
        request = FiveTables.request(lease, five.write(run));
    }

    @AfterEach
    void close() {
        lease.close();
        five.close();
        outside.close();
    }

    @Test
    void databaseThatIsBusyForAMomentIsAskedAgain() throws SQLException {
        try (FiveTables impatient = impatient();
                Connection other = five.lakehouse().connections().open();
                Statement lock = other.createStatement()) {
            Deque<String> statements = new ArrayDeque<>(List.of("BEGIN IMMEDIATE", "ROLLBACK"));

            impatient
                    .publication(step -> {
                        if (step.equals("staged")) {
                            execute(lock, statements.pop());
                        }
                    })
                    .publish(request);

            assertThat(statements).isEmpty();
            assertThat(outside.allRows()).isEqualTo(AFTER);
        }
    }

    @Test
    void databaseThatStaysBusyPublishesNothing() throws SQLException {
        List<Path> files = five.metadataFiles();
        try (FiveTables impatient = impatient();
                Connection other = five.lakehouse().connections().open();
                Statement lock = other.createStatement()) {
            Publication publication = impatient.publication();
            execute(lock, "BEGIN IMMEDIATE");

            assertThatThrownBy(() -> publication.publish(request))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("nothing was published, try again");

            assertThat(outside.allRows()).isEqualTo(BEFORE);
            assertThat(outside.metadataFiles()).isEqualTo(files);
            assertThat(outside.ledger().run(run).orElseThrow().status()).isEqualTo(Status.RUNNING);
            execute(lock, "ROLLBACK");
            publication.publish(request);
            assertThat(outside.allRows()).isEqualTo(AFTER);
        }
    }

    /** The same tables, by connections that wait for a lock 50 ms at most. */
    private FiveTables impatient() {
        Lakehouse lakehouse = five.lakehouse();
        Database.Connections connections = () -> {
            Connection connection = lakehouse.connections().open();
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 50");
            }
            return connection;
        };
        return FiveTables.on(lakehouse, lakehouse.open(connections), Clock.systemUTC());
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
