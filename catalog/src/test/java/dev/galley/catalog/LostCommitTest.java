package dev.galley.catalog;

import static dev.galley.catalog.Lakehouse.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An answer of the database gets lost during a commit: with Iceberg's own catalog, and with ours. */
@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"SQLITE", "SQLITE_V0", "POSTGRESQL_V0"})
class LostCommitTest {
    private static final String TABLE = "silver.t";
    private static final String MOVE = "UPDATE iceberg_tables";

    @TempDir
    Path folder;

    private final DatabaseKind kind;

    private Lakehouse lakehouse;
    private Faults faults;
    private GalleyCatalog catalog;
    private GalleyCatalog other;

    LostCommitTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        lakehouse = kind.lakehouse(folder);
        faults = new Faults(lakehouse.connections());
        catalog = lakehouse.open(new Database(faults, time -> {}));
        other = lakehouse.open();
        Lakehouse.create(catalog, TABLE, Map.of(TableProperties.COMMIT_MIN_RETRY_WAIT_MS, "0"));
        append(catalog, TABLE, "main", 1);
    }

    @AfterEach
    void close() {
        other.close();
        catalog.close();
    }

    @Test
    void nobodyElseWritesAndTheCommitStandsOnce() {
        faults.loseAnswer(MOVE, "08006", () -> {});

        append(catalog, TABLE, "main", 2);

        assertThat(faults.fired()).isEqualTo(1);
        assertThat(rows(other)).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void anotherWriterCommitsBeforeTheRepeatAndBothStand() {
        faults.loseAnswer(MOVE, "08006", () -> append(other, TABLE, "main", 4));

        append(catalog, TABLE, "main", 2);

        assertThat(faults.fired()).isEqualTo(1);
        assertThat(rows(other)).containsExactlyInAnyOrder(1L, 2L, 4L);
    }

    @Test
    void stockCatalogIsRightAsLongAsNobodyElseWrites() {
        try (JdbcCatalog stock = stock()) {
            faults.loseAnswer(MOVE, "08006", () -> {});

            Table table = stock.loadTable(TableIdentifier.parse(TABLE));
            table.newAppend().appendFile(Lakehouse.file(table, 2)).commit();

            assertThat(faults.fired()).isEqualTo(1);
            assertThat(rows(other)).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    @Test
    void stockCatalogLosesTheOtherWritersCommitAndBothReportSuccess() {
        try (JdbcCatalog stock = stock()) {
            faults.loseAnswer(MOVE, "08006", () -> append(other, TABLE, "main", 4));

            Table table = stock.loadTable(TableIdentifier.parse(TABLE));
            table.newAppend().appendFile(Lakehouse.file(table, 2)).commit();

            assertThat(rows(other)).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    @Test
    void withoutRetriesTheCommitStandsAndIsReadable() {
        catalog.load(TableName.of(TABLE))
                .updateProperties()
                .set(TableProperties.COMMIT_NUM_RETRIES, "0")
                .commit();
        faults.loseAnswer(MOVE, "08006", () -> {});

        append(catalog, TABLE, "main", 2);

        assertThat(rows(other)).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void stockCatalogWithoutRetriesMakesTheTableUnreadable() {
        catalog.load(TableName.of(TABLE))
                .updateProperties()
                .set(TableProperties.COMMIT_NUM_RETRIES, "0")
                .commit();
        try (JdbcCatalog stock = stock()) {
            faults.loseAnswer(MOVE, "08006", () -> {});
            Table table = stock.loadTable(TableIdentifier.parse(TABLE));

            assertThatThrownBy(() -> table.newAppend()
                            .appendFile(Lakehouse.file(table, 2))
                            .commit())
                    .isInstanceOf(CommitFailedException.class);

            assertThatThrownBy(() -> rows(other)).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void anyKindOfFailureAfterTheEffectIsSettled() {
        faults.loseAnswer(MOVE, "58000", () -> append(other, TABLE, "main", 4));

        append(catalog, TABLE, "main", 2);

        assertThat(rows(other)).containsExactlyInAnyOrder(1L, 2L, 4L);
    }

    @Test
    void stockCatalogReportsFailureForACommitThatStands() {
        try (JdbcCatalog stock = stock()) {
            faults.loseAnswer(MOVE, "58000", () -> {});
            Table table = stock.loadTable(TableIdentifier.parse(TABLE));

            assertThatThrownBy(() -> table.newAppend()
                            .appendFile(Lakehouse.file(table, 2))
                            .commit())
                    .isInstanceOf(UncheckedSQLException.class);

            assertThat(rows(other)).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    @Test
    void lostRequestIsSentAgain() {
        faults.loseRequest(MOVE, "08006");

        append(catalog, TABLE, "main", 2);

        assertThat(faults.fired()).isEqualTo(1);
        assertThat(rows(other)).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void lostRequestThatAnotherWriterOvertookIsRebasedByIceberg() {
        Table mine = catalog.load(TableName.of(TABLE));
        append(other, TABLE, "main", 4);
        faults.loseRequest(MOVE, "08006");

        mine.newAppend().appendFile(Lakehouse.file(mine, 2)).commit();

        assertThat(rows(other)).containsExactlyInAnyOrder(1L, 2L, 4L);
    }

    @Test
    void databaseThatStaysAwayLeavesTheOutcomeUnknownAndDeletesNothing() {
        faults.loseAnswer(MOVE, "08006", faults::goDown);

        assertThatThrownBy(() -> append(catalog, TABLE, "main", 2)).isInstanceOf(CommitStateUnknownException.class);

        faults.comeBack();
        assertThat(rows(other)).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void lostAnswerToANewTableIsSettled() {
        faults.loseAnswer("INSERT INTO iceberg_tables", "08006", () -> {});

        Lakehouse.create(catalog, "silver.u", Map.of());

        assertThat(other.exists(TableName.of("silver.u"))).isTrue();
    }

    @Test
    void takenNameIsRefused() {
        Lakehouse.create(catalog, "silver.u", Map.of());

        assertThatThrownBy(() -> Lakehouse.create(other, "silver.u", Map.of()))
                .isInstanceOf(AlreadyExistsException.class);
    }

    private JdbcCatalog stock() {
        JdbcClientPool pool = new JdbcClientPool(lakehouse.uri(), Map.of()) {
            @Override
            protected Connection newClient() {
                try {
                    return faults.open();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        JdbcCatalog stock = new JdbcCatalog(null, properties -> pool, false);
        stock.setConf(new Configuration(false));
        stock.initialize(
                "galley",
                Map.of(
                        CatalogProperties.URI, lakehouse.uri(),
                        CatalogProperties.WAREHOUSE_LOCATION,
                                lakehouse.settings().warehouse()));
        return stock;
    }

    /** The row counts of the files on main; fails if a manifest is gone, or a snapshot of the history is. */
    private static List<Long> rows(GalleyCatalog catalog) {
        Table table = catalog.load(TableName.of(TABLE));
        assertThat(SnapshotUtil.currentAncestors(table)).allMatch(snapshot -> readable(table, snapshot));
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            return StreamSupport.stream(files.spliterator(), false)
                    .map(file -> file.file().recordCount())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean readable(Table table, Snapshot snapshot) {
        return !snapshot.allManifests(table.io()).isEmpty();
    }
}
