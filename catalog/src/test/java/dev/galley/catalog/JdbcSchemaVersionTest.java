package dev.galley.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The table that belongs to Iceberg and that we write to. */
@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcSchemaVersionTest {
    private static final List<String> OLDER =
            List.of("catalog_name", "table_namespace", "table_name", "metadata_location", "previous_metadata_location");

    @TempDir
    Path folder;

    private final DatabaseKind kind;

    JdbcSchemaVersionTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void layoutThatIsThereIsKeptAndANewOneIsTheNewer() throws Exception {
        Lakehouse lakehouse = kind.lakehouse(folder);
        try (GalleyCatalog catalog = lakehouse.open()) {
            Lakehouse.create(catalog, "silver.t", Map.of());
            Lakehouse.append(catalog, "silver.t", "main", 1);
            assertThat(catalog.locations()).containsOnlyKeys(TableName.of("silver.t"));
        }
        List<String> expected = new ArrayList<>(OLDER);
        if (kind.hasTypes()) {
            expected.add("iceberg_type");
        }
        assertThat(columns(lakehouse)).isEqualTo(expected);
    }

    @Test
    void columnThatWeDoNotKnowIsRefused() {
        Lakehouse lakehouse = kind.lakehouse(folder);
        lakehouse.open().close();
        DatabaseKind.execute(lakehouse, "ALTER TABLE iceberg_tables ADD COLUMN iceberg_etag VARCHAR(36)");

        assertThatThrownBy(lakehouse::open)
                .isInstanceOf(JdbcSchemaException.class)
                .hasMessageStartingWith("Cannot open the catalog: iceberg_tables has other columns than Galley knows"
                        + " (catalog_name, iceberg_etag, ")
                .hasMessageEndingWith("give catalog.uri a database of its own, or use the Galley for that Iceberg");
    }

    @Test
    void keyThatDoesNotKeepTablesApartIsRefused() {
        Lakehouse lakehouse = kind.lakehouse(folder);
        DatabaseKind.execute(lakehouse, "DROP TABLE IF EXISTS iceberg_tables");
        DatabaseKind.execute(
                lakehouse,
                "CREATE TABLE iceberg_tables (catalog_name VARCHAR(255), table_namespace VARCHAR(255),"
                        + " table_name VARCHAR(255), metadata_location VARCHAR(1000),"
                        + " previous_metadata_location VARCHAR(1000), PRIMARY KEY (catalog_name, table_name))");

        assertThatThrownBy(lakehouse::open)
                .isInstanceOf(JdbcSchemaException.class)
                .hasMessageContaining(
                        "iceberg_tables has another primary key than Galley relies on (catalog_name, table_name)");
    }

    private static List<String> columns(Lakehouse lakehouse) throws Exception {
        try (Connection connection = lakehouse.connections().open();
                ResultSet columns = connection.getMetaData().getColumns(null, null, "iceberg_tables", null)) {
            List<String> names = new ArrayList<>();
            while (columns.next()) {
                names.add(columns.getString("COLUMN_NAME"));
            }
            return names;
        }
    }
}
