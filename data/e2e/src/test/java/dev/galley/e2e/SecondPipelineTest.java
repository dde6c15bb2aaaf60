package dev.galley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.command.OutputSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
            outputsAreAsTheirSchemasSay(lakehouse);
        }
    }

    /** Of the verbs that the tests of their own modules do not ask. */
    private static void outputsAreAsTheirSchemasSay(Lakehouse lakehouse) throws IOException {
        check(lakehouse, "up");
        check(lakehouse, "doctor");
        check(lakehouse, "doctor", "--repair", "--dry-run");
        check(lakehouse, "alter", "shelves", "--dry-run");
        check(lakehouse, "alter", "shelves");
        String held = lakehouse
                .galley("run", "shelves", "--full-refresh", "--no-publish")
                .out();
        assertThat(held).contains("HELD: run ");
        String run = held.replaceAll("(?s).*HELD: run (\\S+) .*", "$1");
        check(lakehouse, "publish", run, "--dry-run");
        check(lakehouse, "publish", run);
        check(lakehouse, "maintain", "shelves", "--keep-days", "0", "--dry-run");
        assertThat(check(lakehouse, "maintain", "shelves", "--keep-days", "0")).contains("\"snapshots\" : ");
        check(lakehouse, "maintain", "shelves", "--keep-days", "0", "--landing", "--dry-run");
        check(lakehouse, "down");
    }

    private static String check(Lakehouse lakehouse, String... command) throws IOException {
        String json = lakehouse
                .galley(Stream.concat(Stream.of(command), Stream.of("--json")).toArray(String[]::new))
                .done()
                .out();
        OutputSchema.of(command[0]).check(json);
        return json;
    }

    private static List<String> columns(Lakehouse lakehouse, String table) {
        return lakehouse.galley("sql", "--no-header", "-e", "DESCRIBE " + table).done().lines().stream()
                .takeWhile(line -> !line.startsWith("#"))
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .toList();
    }
}
