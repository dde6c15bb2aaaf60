package dev.galley.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheSmallestPipeline() throws IOException {
        write("pipeline.yml", "name: shop\nowner: data team\n");
        write("sources.yml", """
                sources:
                  api:
                    kind: rest
                    base_url: ${env:API_URL}
                    resources:
                      sales: {path: /sales}
                """);
        write("bronze/sales.yml", """
                from: {source: api, resource: sales}
                columns:
                  sale_id: {type: string, required: true}
                  amount: {type: "decimal(18,2)"}
                """);
        write("silver/sales.sql", """
                /*
                description: One row per sale.
                write: {mode: merge, key: [sale_id], version: version}
                incremental: {new_rows_of: bronze.sales}
                checks:
                  - unique: [sale_id]
                  - not_null: [sale_id, amount]
                */
                SELECT sale_id, amount FROM bronze.sales
                """);

        Pipeline pipeline = PipelineReader.read(folder, Map.of("API_URL", "http://localhost:8080"));

        assertThat(pipeline.name()).isEqualTo("shop");
        assertThat(pipeline.tables())
                .extracting(Table::name)
                .containsExactly(TableName.of("bronze.sales"), TableName.of("silver.sales"));
        ModelTable sales = (ModelTable) pipeline.tables().get(1);
        assertThat(sales.sql()).isEqualTo("SELECT sale_id, amount FROM bronze.sales\n");
        assertThat(sales.sqlLine()).isEqualTo(9);
        assertThat(sales.write()).isEqualTo(new Write.Merge(List.of("sale_id"), "version", List.of()));
        assertThat(sales.checks())
                .extracting(Check::name)
                .containsExactly("unique(sale_id)", "not_null(sale_id)", "not_null(amount)");
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
