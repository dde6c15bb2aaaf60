package dev.galley.catalog.wap;

import static dev.galley.catalog.wap.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.Faults;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.Published;
import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.ledger.Status;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database stops answering in the middle of a publication. */
class LostAnswerTest {
    private static final List<Long> BEFORE = List.of(0L, 1L, 1L, 1L, 1L);
    private static final List<Long> AFTER = List.of(10L, 11L, 11L, 11L, 11L);

    @TempDir
    Path folder;

    private Faults faults;
    private FiveTables five;
    private FiveTables outside;
    private final RunId run = nextRun();
    private Lease lease;
    private List<Audited> audited;

    @BeforeEach
    void write() {
        Lakehouse lakehouse = new Lakehouse(folder);
        faults = new Faults(lakehouse.connections());
        five = FiveTables.create(lakehouse, lakehouse.open(faults), Clock.systemUTC());
        outside = FiveTables.on(lakehouse, lakehouse.open(), Clock.systemUTC());
        lease = five.leases().acquire("p", run);
        five.ledger().begin(run, "p", "run");
        audited = five.write(run);
    }

    @AfterEach
    void close() {
        faults.comeBack();
        lease.close();
        five.close();
        outside.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSERT INTO galley_publications", "UPDATE galley_runs", "UPDATE iceberg_tables"})
    void lostAnswerBeforeTheCommitIsAnAbortAndTheSecondAttemptPublishes(String statement) {
        faults.loseAnswer(statement, "08006", () -> {});

        publish();

        assertThat(faults.fired()).isEqualTo(1);
        assertThat(outside.allRows()).isEqualTo(AFTER);
    }

    @Test
    void lostAnswerToTheCommitIsSettledAsPublished() {
        faults.loseAnswer("COMMIT", "08006", () -> assertThat(outside.allRows()).isEqualTo(AFTER));

        Published published = publish();

        assertThat(faults.fired()).isEqualTo(1);
        assertThat(published).isEqualTo(outside.ledger().published(run).orElseThrow());
        assertThat(outside.allRows()).isEqualTo(AFTER);
        assertThat(outside.catalog().locations().values())
                .allSatisfy(location -> assertThat(Path.of(location)).exists());
    }

    @Test
    void lostCommitRequestIsSettledAsNotPublishedAndSentAgain() {
        faults.loseRequest("COMMIT", "08006");

        publish();

        assertThat(faults.fired()).isEqualTo(1);
        assertThat(outside.allRows()).isEqualTo(AFTER);
        assertThat(outside.ledger().published(run).orElseThrow().tables()).hasSize(5);
    }

    @Test
    void databaseThatStaysAwayAfterTheCommitIsReportedAsUnknownAndNothingIsDeleted() {
        faults.loseAnswer("COMMIT", "08006", faults::goDown);

        assertThatThrownBy(this::publish)
                .isInstanceOf(PublishUnknownException.class)
                .hasMessageContaining("Cannot say whether run " + run + " is published");

        assertThat(outside.allRows()).isEqualTo(AFTER);
        assertThat(outside.ledger().run(run).orElseThrow().status()).isEqualTo(Status.PUBLISHED);
    }

    @Test
    void databaseThatStaysAwayBeforeTheCommitPublishesNothing() {
        faults.loseAnswer("UPDATE iceberg_tables", "08006", faults::goDown);

        assertThatThrownBy(this::publish).hasMessageContaining("Cannot");

        assertThat(outside.allRows()).isEqualTo(BEFORE);
        assertThat(outside.ledger().published(run)).isEmpty();
        faults.comeBack();
        publish();
        assertThat(outside.allRows()).isEqualTo(AFTER);
    }

    private Published publish() {
        return five.publication(Crashpoint.NONE).publish(PublishRequest.of(lease, audited, List.of(), "{}"));
    }
}
