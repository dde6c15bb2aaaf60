package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SecondPipelineTest {
    @Test
    void aPipelineIsYamlAndSqlAlone() throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path pipelines = Path.of("src/test/resources").toAbsolutePath();
        try (Lakehouse lakehouse =
                new Lakehouse(Files.createTempDirectory(target, "shelves-"), "--days 1").pipelines(pipelines)) {
            lakehouse.galley("validate", "shelves").done();
            lakehouse.batch("shelves");

            assertThat(lakehouse.sql("SELECT 'suppliers', sum(suppliers) FROM silver.suppliers_by_country;"
                            + "SELECT 'rescued', _rescued IS NOT NULL FROM bronze.suppliers LIMIT 1"))
                    .containsExactly("rescued\ttrue", "suppliers\t40");
        }
    }
}
