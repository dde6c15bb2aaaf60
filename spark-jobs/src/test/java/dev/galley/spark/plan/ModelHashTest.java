package dev.galley.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes that lakehouses keep: what is kept must be known for ever. */
class ModelHashTest {
    private static final Path ROOT = Path.of(System.getProperty("galley.root"));
    private static final Path SHOP = ROOT.resolve("spark-jobs/src/test/resources/pipelines/shop");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "bronze.sales, ccfca023e38c0639",
        "bronze.shops, 2e6bb317bf8e99c9",
        "silver.sales, 7af4816e870240f9",
        "silver.items, 4707a8435808c6dc",
        "silver.shops, 3ac659e4cd733bee",
        "gold.takings, 8ca0818e65e48f90"
    })
    void aHashOfPrintedRecordsIsKnown(String table, String kept) {
        assertThat(ModelHash.isOf(kept, table(SHOP, table))).isTrue();
    }

    @Test
    void aDefinitionSaysTheKeysOfTheFileAndNoOthers() {
        assertThat(table(SHOP, "silver.items").definition()).hasToString("""
                {"incremental":{"new_rows_of":"silver.sales"},\
                "sql":"SELECT s.sale, i.no, i.goods, s.version\\u000aFROM silver.sales s\\u000aLATERAL VIEW explode(s.items) AS i",\
                "write":{"group":["sale"],"mode":"replace_groups","version":"version"}}""");
        assertThat(table(SHOP, "bronze.shops").definition()).hasToString("""
                {"columns":{"shop":{"required":"true","type":"string"},"town":{"type":"string"},\
                "version":{"required":"true","type":"int"}}}""");
    }

    @Test
    void whatDecidesNoRowChangesNoHash() throws IOException {
        String file = "silver/sales.sql";
        PipelineTable before = table(SHOP, "silver.sales");
        PipelineTable spaced = changed(
                file,
                "day, amount, items, version\nFROM bronze.sales\n",
                "day, amount, items, version\nFROM bronze.sales\n\n\n");
        PipelineTable checked = changed(file, "amount < 1000\"", "amount < 2000\"");
        PipelineTable described = changed(file, "write:", "description: Sales.\nwrite:");

        assertThat(Stream.of(spaced, checked, described).map(ModelHash::of)).containsOnly(ModelHash.of(before));
    }

    @ParameterizedTest
    @CsvSource({
        "silver/sales.sql, 'SELECT sale, shop', 'SELECT sale, lower(shop) AS shop'",
        "silver/sales.sql, 'immutable: [day]', 'immutable: [day, shop]'",
        "silver/sales.sql, 'key: [sale]', 'key: [sale, shop]'",
        "silver/sales.sql, 'incremental: {new_rows_of: bronze.sales}', ''",
        "bronze/sales.yml, 'decimal(10,2)', 'decimal(12,2)'",
        "bronze/sales.yml, 'on_misfit: quarantine', 'on_misfit: block'"
    })
    void whatDecidesRowsChangesBothHashes(String file, String old, String now) throws IOException {
        String name = file.replace('/', '.').replaceAll("[.][^.]*$", "");
        PipelineTable before = table(SHOP, name);
        PipelineTable after = changed(file, old, now);

        assertThat(ModelHash.of(after)).isNotEqualTo(ModelHash.of(before));
        assertThat(ModelHash.isOf(ModelHash.of(before), after)).isFalse();
    }

    private PipelineTable changed(String file, String old, String now) throws IOException {
        Path copy = Files.createTempDirectory(folder, "pipelines").resolve("shop");
        try (var files = Files.walk(SHOP)) {
            files.filter(Files::isRegularFile).forEach(f -> copy(f, copy.resolve(SHOP.relativize(f))));
        }
        Path path = copy.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(old);
        Files.writeString(path, text.replace(old, now));
        return table(copy, file.replace('/', '.').replaceAll("[.][^.]*$", ""));
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PipelineTable table(Path pipeline, String name) {
        Pipeline read = PipelineReader.readOffline(pipeline);
        return read.table(TableName.of(name)).orElseThrow();
    }
}
