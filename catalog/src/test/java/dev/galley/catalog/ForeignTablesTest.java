package dev.galley.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that other engines made in the catalog's database. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class ForeignTablesTest {
    private static final TableName OURS = TableName.of("silver.t");

    @TempDir
    Path folder;

    private final DatabaseKind kind;

    private Lakehouse lakehouse;

    ForeignTablesTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void choose() {
        lakehouse = kind.lakehouse(folder);
    }

    @Test
    void oddNamesNestedOnesViewsAndBrokenTablesAreLeftAside() {
        try (GalleyCatalog catalog = lakehouse.open()) {
            Lakehouse.create(catalog, "silver.t", Map.of());
            Catalog engine = engine(catalog);
            for (Namespace namespace : List.of(Namespace.of("analysts"), Namespace.of("a", "b"))) {
                ((SupportsNamespaces) engine).createNamespace(namespace);
            }
            TableIdentifier odd = TableIdentifier.of("analysts", "Sales_2026");
            TableIdentifier nested = TableIdentifier.of(Namespace.of("a", "b"), "t");
            for (TableIdentifier name : List.of(odd, nested)) {
                Table made = engine.createTable(name, Lakehouse.SCHEMA);
                made.newAppend().appendFile(Lakehouse.file(made, 2)).commit();
            }
            row("galley", "silver", "gone", "'" + folder + "/x/metadata/1.metadata.json'");
            row("galley", "silver", "pointless", "NULL");
            row("elsewhere", "silver", "t", "'" + folder + "/y/metadata/1.metadata.json'");
            if (kind.hasTypes()) {
                row("galley", "silver", "v", "'" + folder + "/v/metadata/1.metadata.json'");
                DatabaseKind.execute(
                        lakehouse, "UPDATE iceberg_tables SET iceberg_type = 'VIEW' WHERE table_name = 'v'");
            }

            assertThat(catalog.tables("p")).containsExactly(OURS);
            assertThat(catalog.locations()).containsOnlyKeys(OURS, TableName.of("silver.gone"));
            assertThat(engine.loadTable(odd).currentSnapshot().summary()).containsEntry("total-records", "2");
            assertThat(engine.loadTable(nested).currentSnapshot().summary()).containsEntry("total-records", "2");
            NamedFiles named = NamedFiles.read(catalog, Set.of());
            assertThat(named.unread())
                    .hasSize(3)
                    .anyMatch(line -> line.startsWith("elsewhere.silver.t cannot be read"));
            assertThatThrownBy(named::requirePlaces)
                    .isInstanceOf(UnreadableTableException.class)
                    .hasMessageContaining(
                            "Cannot tell which files silver.pointless names: its row names no metadata file")
                    .hasMessageContaining("--ignore-table silver.pointless");
            assertThat(named.unnamed(List.of(folder + "/z"))).isEmpty();
            assertThat(NamedFiles.read(catalog, Set.of("silver.pointless"))
                            .requirePlaces()
                            .unnamed(List.of(folder + "/z", folder + "/x/data/1", folder + "/y/data/1")))
                    .containsExactly(folder + "/z");
        }
    }

    @Test
    void tableThatIsNoPipelinesIsReadOnceAndOneThatChangesHandsIsFound() throws IOException {
        try (GalleyCatalog catalog = lakehouse.open()) {
            Lakehouse.create(catalog, "silver.t", Map.of());
            catalog.create(TableName.of("silver.q"), Lakehouse.SCHEMA, PartitionSpec.unpartitioned(), Map.of());
            Table foreign = engine(catalog).createTable(TableIdentifier.of("silver", "f"), Lakehouse.SCHEMA);
            assertThat(catalog.tables("p")).containsExactly(OURS);
            // Nothing but the note can say so any more.
            Files.delete(Path.of(((BaseTable) foreign).operations().current().metadataFileLocation()));
            assertThat(catalog.tables("p")).containsExactly(OURS);

            DatabaseKind.execute(
                    lakehouse,
                    "INSERT INTO iceberg_namespace_properties (catalog_name, namespace, property_key, property_value)"
                            + " VALUES ('galley', 'silver', 'galley.pipeline.u', NULL)");
            assertThat(catalog.tables("p")).as("with a property of nobody's").containsExactly(OURS);

            catalog.load(TableName.of("silver.q"))
                    .updateProperties()
                    .set(GalleyCatalog.PIPELINE, "p")
                    .commit();
            catalog.noteOwners();
            assertThat(catalog.tables("p")).containsExactly(TableName.of("silver.q"), OURS);

            catalog.iceberg().renameTable(TableIdentifier.of("silver", "q"), TableIdentifier.of("silver", "r"));
            catalog.iceberg().dropTable(TableIdentifier.of("silver", "t"), false);
            engine(catalog).createTable(TableIdentifier.of("silver", "t"), Lakehouse.SCHEMA);
            assertThat(catalog.tables("p")).containsExactly(TableName.of("silver.r"));
            assertThat(catalog.tables("p")).containsExactly(TableName.of("silver.r"));
        }
    }

    @Test
    void tableNeverComesToLieWhereAnotherLies() {
        try (GalleyCatalog catalog = lakehouse.open()) {
            String first = Lakehouse.create(catalog, "silver.t", Map.of()).location();
            catalog.iceberg().renameTable(TableIdentifier.of("silver", "t"), TableIdentifier.of("silver", "t_old"));

            Table second = Lakehouse.create(catalog, "silver.t", Map.of());
            assertThat(second.location()).isNotEqualTo(first);
            Catalog engine = engine(catalog);
            for (String place : List.of(first, first + "/", first + "/data/t")) {
                assertThatThrownBy(() -> engine.buildTable(TableIdentifier.of("silver", "u"), Lakehouse.SCHEMA)
                                .withLocation(place)
                                .create())
                        .isInstanceOf(LocationTakenException.class)
                        .hasMessageContaining("Cannot create silver.u at ")
                        .hasMessageContaining(": silver.t_old keeps its files there; ");
            }
            String pointer = catalog.locations().get(TableName.of("silver.t_old"));
            assertThatThrownBy(() -> engine.registerTable(TableIdentifier.of("silver", "u"), pointer))
                    .isInstanceOf(LocationTakenException.class);
            engine.buildTable(TableIdentifier.of("silver", "u"), Lakehouse.SCHEMA)
                    .withLocation(first + "_too")
                    .create();
        }
    }

    @Test
    void aCommitLeavesTheOldMetadataThatAnotherRowPointsTo() {
        try (GalleyCatalog catalog = lakehouse.open()) {
            Lakehouse.create(
                    catalog,
                    "silver.t",
                    Map.of(
                            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
                            "true",
                            TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
                            "1"));
            String old = catalog.locations().get(OURS);
            row("elsewhere", "silver", "copy", "'" + old + "'");
            Lakehouse.append(catalog, "silver.t", "main", 1);
            String dropped = catalog.locations().get(OURS);
            for (int i = 0; i < 3; i++) {
                Lakehouse.append(catalog, "silver.t", "main", 1);
            }
            assertThat(Path.of(old)).exists();
            assertThat(Path.of(dropped)).doesNotExist();
        }
    }

    @Test
    void fileIsNamedByWhateverTableStillHasIt() {
        try (GalleyCatalog catalog = lakehouse.open()) {
            Table table = Lakehouse.create(catalog, "silver.t", Map.of());
            Table other = Lakehouse.create(catalog, "silver.u", Map.of());
            var borrowed = Lakehouse.file(table, 1);
            other.newAppend().appendFile(borrowed).commit();
            var deleted = Lakehouse.file(other, 1);
            other.newAppend().appendFile(deleted).commit();
            other.manageSnapshots()
                    .createTag("then", other.currentSnapshot().snapshotId())
                    .commit();
            other.newDelete().deleteFile(deleted.location()).commit();
            String lost = table.location() + "/data/lost.parquet";
            row("elsewhere", "x", "t", "'" + catalog.locations().get(OURS) + "'");

            NamedFiles named = NamedFiles.read(catalog, Set.of());

            assertThat(named.unnamed(List.of(lost, borrowed.location(), "file:" + deleted.location())))
                    .containsExactly(lost);
            assertThat(named.unnamedMetadata(
                            List.of(catalog.locations().get(OURS), table.location() + "/metadata/9.metadata.json")))
                    .containsExactly(table.location() + "/metadata/9.metadata.json");
            assertThat(named.sharing(OURS)).extracting(CatalogEntry::toString).containsExactly("elsewhere.x.t");
            assertThat(named.sharing(TableName.of("silver.u"))).isEmpty();
        }
    }

    private static Catalog engine(GalleyCatalog catalog) {
        return CatalogUtil.buildIcebergCatalog("galley", catalog.properties(), new Configuration(false));
    }

    private void row(String name, String namespace, String table, String location) {
        DatabaseKind.execute(
                lakehouse,
                "INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name, metadata_location) VALUES ('"
                        + name + "', '" + namespace + "', '" + table + "', " + location + ")");
    }
}
