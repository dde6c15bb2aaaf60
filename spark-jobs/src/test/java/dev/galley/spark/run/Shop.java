package dev.galley.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.catalog.run.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pipeline of orders and coupons whose tables each test writes. */
final class Shop {
    private static final String SOURCES = """
        sources:
          api:
            kind: rest
            base_url: http://127.0.0.1:1
            resources:
              orders: {path: /orders}
              coupons: {path: /coupons}
        """;

    private Shop() {}

    /** A lakehouse below {@code folder} whose pipeline has these files: path, text, path, text. */
    static LocalLakehouse open(Path folder, String... files) {
        Path pipeline = folder.resolve("given/shop");
        write(pipeline.resolve("pipeline.yml"), "name: shop\nowner: test\n");
        write(pipeline.resolve("sources.yml"), SOURCES);
        for (int i = 0; i < files.length; i += 2) {
            write(pipeline.resolve(files[i]), files[i + 1]);
        }
        return new LocalLakehouse(folder.resolve("house"), pipeline);
    }

    /** The report of a run that must be published. */
    static RunReport published(LocalLakehouse house) {
        RunOutcome outcome = house.run();
        assertThat(outcome).isInstanceOf(RunOutcome.Published.class);
        return outcome.report().orElseThrow();
    }

    static RunReport.TableReport table(RunReport report, String table) {
        return report.tables().stream()
                .filter(t -> t.table().toString().equals(table))
                .findFirst()
                .orElseThrow();
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
