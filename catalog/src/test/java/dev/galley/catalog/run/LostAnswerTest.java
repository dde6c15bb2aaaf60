package dev.galley.catalog.run;

import static dev.galley.catalog.run.FiveTables.nextRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.catalog.Database;
import dev.galley.catalog.DatabaseKind;
import dev.galley.catalog.Faults;
import dev.galley.catalog.Lakehouse;
import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The database stops answering in the middle of a publication or of the making of a branch. */
@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"SQLITE", "POSTGRESQL"})
class LostAnswerTest {
    private static final TableName PLAIN = TableName.of("silver.plain");
    private static final String MOVE = "UPDATE iceberg_tables";
    private static final List<Long> BEFORE = List.of(0L, 1L, 1L, 1L, 1L);
    private static final List<Long> AFTER = List.of(10L, 11L, 11L, 11L, 11L);

    @TempDir
    Path folder;

    private final DatabaseKind kind;

    private Faults faults;
    private FiveTables five;
    private FiveTables outside;
    private final RunId run = nextRun();
    private Lease lease;
    private List<RunReport.Head> audited;

    LostAnswerTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void write() {
        Lakehouse lakehouse = kind.lakehouse(folder);
        faults = new Faults(lakehouse.connections());
        five = FiveTables.create(lakehouse, lakehouse.open(new Database(faults, time -> {})), Clock.systemUTC());
        outside = FiveTables.on(lakehouse, lakehouse.open(), Clock.systemUTC());
        lease = five.leases().acquire("p", run);
        five.ledger().begin(run, "p", RunRecord.Kind.RUN);
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
    @ValueSource(strings = {"INSERT INTO galley_publications", "UPDATE galley_runs", MOVE})
    void lostAnswerBeforeTheCommitIsAnAbortAndTheSecondAttemptPublishes(String statement) {
        faults.loseAnswer(statement, "08006", () -> {});

        publish();

        assertThat(faults.fired()).isEqualTo(1);
        assertThat(outside.allRows()).isEqualTo(AFTER);
    }

    @Test
    void lostAnswerToTheCommitIsSettledAsPublished() {
        faults.loseAnswer("COMMIT", "08006", () -> assertThat(outside.allRows()).isEqualTo(AFTER));

        PublishedRun published = publish();

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
        faults.loseAnswer(MOVE, "08006", faults::goDown);

        assertThatThrownBy(this::publish).hasMessageContaining("Cannot");

        assertThat(outside.allRows()).isEqualTo(BEFORE);
        assertThat(outside.ledger().published(run)).isEmpty();
        faults.comeBack();
        publish();
        assertThat(outside.allRows()).isEqualTo(AFTER);
    }

    @Test
    void branchIsForkedAndDroppedThoughAnotherCommitCameFirst() {
        AuditBranch branch = new AuditBranch(five.catalog(), nextRun());
        long main = five.ref(PLAIN, "main");

        faults.loseRequest(MOVE, "08006", () -> note("forking"));
        assertThat(branch.fork(PLAIN)).isEqualTo(new Fork(PLAIN, main, main));
        assertThat(outside.ref(PLAIN, branch.name())).isEqualTo(main);

        faults.loseRequest(MOVE, "08006", () -> note("dropping"));
        branch.drop(PLAIN);
        Table now = outside.catalog().load(PLAIN);
        assertThat(now.refs()).doesNotContainKey(branch.name());
        assertThat(now.properties()).containsKeys("forking", "dropping");
        assertThat(faults.fired()).isEqualTo(2);
    }

    @Test
    void branchThatSomebodyElseDropsFirstIsDropped() {
        AuditBranch branch = new AuditBranch(five.catalog(), nextRun());
        branch.fork(PLAIN);

        faults.loseRequest(MOVE, "08006", () -> new AuditBranch(outside.catalog(), branch.run()).drop(PLAIN));
        branch.drop(PLAIN);

        assertThat(faults.fired()).isEqualTo(1);
        assertThat(outside.catalog().load(PLAIN).refs()).doesNotContainKey(branch.name());
    }

    private PublishedRun publish() {
        return five.publication().publish(request());
    }

    private Publication.Request request() {
        return FiveTables.request(lease, audited);
    }

    /** A commit that leaves all branches alone. */
    private void note(String what) {
        outside.catalog().load(PLAIN).updateProperties().set(what, "").commit();
    }
}
