package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SecondPipelineTest {
    private static final Pattern METRIC = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);

    @Test
    void aPipelineIsYamlAndSqlAlone() throws IOException {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path folder = Files.createTempDirectory(target, "shelves-");
        Path pipelines = Path.of("src/test/resources").toAbsolutePath();
        Path metrics = folder.resolve("ingest.prom");
        try (Lakehouse lakehouse = new Lakehouse(folder, "--days 1").pipelines(pipelines)) {
            lakehouse.bookstore("start").done();
            lakehouse.galley("validate", "shelves").done();
            lakehouse
                    .galley("ingest", "shelves", "--metrics-file", metrics.toString())
                    .done();
            lakehouse.galley("run", "shelves").done();

            assertThat(lakehouse.sql("SELECT 'suppliers', sum(suppliers) FROM silver.suppliers_by_country;"
                            + "SELECT 'rescued', _rescued IS NOT NULL FROM bronze.suppliers LIMIT 1"))
                    .containsExactly("rescued\ttrue", "suppliers\t40");
            assertThat(METRIC.matcher(Files.readString(metrics))
                            .results()
                            .map(type -> type.group(1) + " " + type.group(2)))
                    .isEqualTo(PublicNamesTest.listed("metric"));
            assertThat(columns(lakehouse, "ops.runs")).isEqualTo(PublicNamesTest.listed("ops.runs"));
            assertThat(columns(lakehouse, "ops.audits")).isEqualTo(PublicNamesTest.listed("ops.audits"));
        }
    }

    private static List<String> columns(Lakehouse lakehouse, String table) {
        return lakehouse.galley("sql", "--no-header", "-e", "DESCRIBE " + table).done().lines().stream()
                .takeWhile(line -> !line.startsWith("#"))
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .toList();
    }
}
