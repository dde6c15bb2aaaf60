package dev.galley.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.spec.Secret;
import dev.galley.spec.Settings;
import dev.galley.spec.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // a lease or lock is held, not used
class GalleyCatalogTest {
    private static final TableName TABLE = TableName.of("silver.t");

    @TempDir
    Path folder;

    private Lakehouse lakehouse;

    @BeforeEach
    void choose() {
        lakehouse = new Lakehouse(folder);
    }

    @Test
    void tablesAreCreatedFoundAndListedByPipeline() {
        try (GalleyCatalog catalog = lakehouse.open()) {
            assertThat(catalog.exists(TABLE)).isFalse();
            Lakehouse.create(catalog, "silver.t", Map.of());
            Lakehouse.create(catalog, "gold.u", Map.of(TableProperties.FORMAT_VERSION, "3"));
            catalog.create(
                    TableName.of("other.v"),
                    Lakehouse.SCHEMA,
                    PartitionSpec.unpartitioned(),
                    Map.of(GalleyCatalog.PIPELINE, "q"));

            assertThat(catalog.exists(TABLE)).isTrue();
            assertThat(catalog.tables("p")).containsExactly(TableName.of("gold.u"), TABLE);
            assertThat(catalog.tables("nobody")).isEmpty();
            assertThat(catalog.load(TABLE).properties()).containsEntry(GalleyCatalog.PIPELINE, "p");
            assertThat(TableUtil.formatVersion(catalog.load(TABLE))).isEqualTo(2);
            assertThat(TableUtil.formatVersion(catalog.load(TableName.of("gold.u"))))
                    .isEqualTo(3);
        }
    }

    @Test
    void metadataTablesAreFoundUnderTheNameOfTheirTable() {
        try (GalleyCatalog catalog = lakehouse.open()) {
            Lakehouse.create(catalog, "silver.t", Map.of());
            Catalog engine = CatalogUtil.buildIcebergCatalog("galley", catalog.properties(), new Configuration(false));

            Table refs = engine.loadTable(TableIdentifier.of("silver", "t", "refs"));

            assertThat(refs.schema().findField("snapshot_id")).isNotNull();
            assertThatThrownBy(() -> engine.loadTable(TableIdentifier.of("silver", "t", "branch_x")))
                    .isInstanceOf(NoSuchTableException.class);
        }
    }

    @Test
    void anEngineConfiguredByItsPropertiesSeesTheSameTables() {
        try (GalleyCatalog catalog = lakehouse.open()) {
            Lakehouse.create(catalog, "silver.t", Map.of());

            Catalog engine = CatalogUtil.buildIcebergCatalog("galley", catalog.properties(), new Configuration(false));
            Table table = engine.loadTable(TableIdentifier.parse("silver.t"));
            table.newAppend().appendFile(Lakehouse.file(table, 3)).commit();

            assertThat(catalog.load(TABLE).currentSnapshot().summary()).containsEntry("total-records", "3");
        }
    }

    @Test
    void anyOtherCatalogNameIsRefusedSinceItWouldLookEmpty() {
        Map<String, String> properties = GalleyCatalog.properties(lakehouse.settings(), Map.of());
        assertThatThrownBy(() -> CatalogUtil.buildIcebergCatalog("lake", properties, new Configuration(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("under another name than galley it would look empty");
    }

    @Test
    void manyThatOpenANewDatabaseAtOnceAllSucceed() throws Exception {
        int openers = 8;
        CountDownLatch start = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(openers);
        List<CompletableFuture<Void>> all = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> {
                            try (GalleyCatalog catalog = opened(start)) {
                                assertThat(catalog.locations()).isEmpty();
                            }
                        },
                        threads))
                .limit(openers)
                .toList();
        start.countDown();
        for (CompletableFuture<Void> one : all) {
            one.get();
        }
        threads.shutdown();
        try (GalleyCatalog catalog = lakehouse.open()) {
            Lakehouse.create(catalog, "silver.t", Map.of());
        }
    }

    @Test
    void olderLayoutWithoutTypesIsKept() throws Exception {
        try (Connection connection = lakehouse.connections().open();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE iceberg_tables(catalog_name VARCHAR(255) NOT NULL,"
                    + "table_namespace VARCHAR(255) NOT NULL,table_name VARCHAR(255) NOT NULL,"
                    + "metadata_location VARCHAR(1000),previous_metadata_location VARCHAR(1000),"
                    + "PRIMARY KEY (catalog_name, table_namespace, table_name))");
        }
        try (GalleyCatalog catalog = lakehouse.open()) {
            Lakehouse.create(catalog, "silver.t", Map.of());
            Lakehouse.append(catalog, "silver.t", "main", 1);
            assertThat(catalog.load(TABLE).currentSnapshot()).isNotNull();
        }
        assertThat(columns()).doesNotContain("iceberg_type");
    }

    @Test
    void layoutOfTheCatalogsTableIsTheOneWeWriteTo() throws Exception {
        lakehouse.open().close();
        assertThat(columns())
                .containsExactly(
                        "catalog_name",
                        "table_namespace",
                        "table_name",
                        "metadata_location",
                        "previous_metadata_location",
                        "iceberg_type");
    }

    @Test
    void sqliteRunsWithWriteAheadLogFullSyncAndPatience() throws Exception {
        try (Connection connection = lakehouse.connections().open();
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
        Connections impatient = new JdbcConnections(lakehouse.settings().uri(), Map.of("busy_timeout", "50"));
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
        Connections impatient = new JdbcConnections(lakehouse.settings().uri(), Map.of("busy_timeout", "50"));
        Deque<Connection> locks = new ArrayDeque<>();
        Connections unlocking = () -> {
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

    @Test
    void pathsOutsideTheWarehouseAreRefused() {
        try (GalleyCatalog catalog = lakehouse.open()) {
            assertThatThrownBy(() -> Lakehouse.create(
                            catalog, "silver.t", Map.of(TableProperties.WRITE_DATA_LOCATION, "/elsewhere")))
                    .hasMessageContaining("Cannot create silver.t: write.data.path");
            assertThat(catalog.exists(TABLE)).isFalse();
        }
    }

    @Test
    void locationTooLongForTheDatabaseIsRefusedBeforeItIsCut() {
        Settings.Catalog deep = new Settings.Catalog(
                lakehouse.settings().uri(),
                Optional.empty(),
                Optional.empty(),
                folder + "/" + String.join("/", Collections.nCopies(100, "a-long-name")));
        try (GalleyCatalog catalog = GalleyCatalog.open(deep, Map.of(), new Configuration(false))) {
            assertThatThrownBy(() -> Lakehouse.create(catalog, "silver.t", Map.of()))
                    .hasMessageContaining("longer than 1000 characters");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:/tmp/x",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:",
                "jdbc:sqlite:file:x?mode=memory",
                "jdbc:postgresql://u:hunter2@h/db",
                "jdbc:postgresql://h/db?user=u&password=hunter2",
                "https://rest"
            })
    void otherUrisAreRefusedWithoutRepeatingAPassword(String uri) {
        Settings.Catalog settings = new Settings.Catalog(uri, Optional.empty(), Optional.empty(), folder.toString());
        assertThatThrownBy(() -> GalleyCatalog.open(settings, Map.of(), new Configuration(false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot open the catalog: ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void databaseThatDoesNotAnswerIsNamedWithoutThePassword() {
        Settings.Catalog settings = new Settings.Catalog(
                "jdbc:postgresql://127.0.0.1:1/db",
                Optional.of("u"),
                Optional.of(new Secret("hunter2")),
                folder.toString());
        assertThatThrownBy(() -> GalleyCatalog.open(settings, Map.of(), new Configuration(false)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("see that the catalog's database answers")
                .hasMessageNotContaining("hunter2");
        assertThat(GalleyCatalog.properties(settings, Map.of())).containsEntry("jdbc.password", "hunter2");
    }

    private GalleyCatalog opened(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return lakehouse.open();
    }

    private Connection locked() throws SQLException {
        Connection locking = lakehouse.connections().open();
        locking.setAutoCommit(false);
        try (Statement statement = locking.createStatement()) {
            statement.execute("UPDATE iceberg_tables SET table_name = table_name");
        }
        return locking;
    }

    private List<String> columns() throws SQLException {
        try (Connection connection = lakehouse.connections().open();
                ResultSet columns = connection.getMetaData().getColumns(null, null, "iceberg_tables", null)) {
            Stream.Builder<String> names = Stream.builder();
            while (columns.next()) {
                names.add(columns.getString("COLUMN_NAME"));
            }
            return names.build().toList();
        }
    }

    private static String pragma(Statement statement, String name) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getString(1);
        }
    }
}
