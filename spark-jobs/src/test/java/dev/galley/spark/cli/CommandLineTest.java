package dev.galley.spark.cli;

import dev.galley.command.CommandLineContract;
import dev.galley.command.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

class CommandLineTest extends CommandLineContract {
    @BeforeEach
    void makeState() throws IOException {
        Files.createDirectories(folder.resolve(".galley")); // where the catalog is, if the settings name none
    }

    @Override
    protected Program program(Map<String, String> environment) {
        return Main.program(environment);
    }

    @Override
    protected String jar() {
        return "spark-jobs.jar";
    }

    @Override
    protected List<String> succeeding() {
        return List.of("runs", "shop");
    }

    @Override
    protected List<String> failing() {
        return List.of("doctor");
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "GALLEY_STORE_ENDPOINT", "http://127.0.0.1:1",
                "GALLEY_STORE_BUCKET", "galley",
                "GALLEY_STORE_ACCESS_KEY", "none",
                "GALLEY_STORE_SECRET_KEY", "not-to-be-shown");
    }

    @Override
    protected Map<String, String> failingSettings() {
        return Map.of("GALLEY_CATALOG_URI", "jdbc:sqlite:" + folder.resolve("nowhere/catalog.db"));
    }
}
