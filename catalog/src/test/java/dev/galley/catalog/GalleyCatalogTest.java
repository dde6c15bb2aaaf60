package dev.galley.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.settings.Settings;
import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.util.Collections;
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
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // a lease or lock is held, not used
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class GalleyCatalogTest {
    private static final TableName TABLE = TableName.of("silver.t");

    @TempDir
    Path folder;

    private final DatabaseKind kind;

    private Lakehouse lakehouse;

    GalleyCatalogTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void choose() {
        lakehouse = kind.lakehouse(folder);
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
                lakehouse.uri(),
                lakehouse.settings().user(),
                Optional.empty(),
                folder + "/" + String.join("/", Collections.nCopies(100, "a-long-name")));
        try (GalleyCatalog catalog = GalleyCatalog.open(deep, Map.of(), new Configuration(false))) {
            assertThatThrownBy(() -> Lakehouse.create(catalog, "silver.t", Map.of()))
                    .hasMessageContaining("longer than 1000 characters");
        }
    }

    private GalleyCatalog opened(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return lakehouse.open();
    }
}
