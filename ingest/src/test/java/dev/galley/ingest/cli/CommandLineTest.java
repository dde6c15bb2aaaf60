package dev.galley.ingest.cli;

import dev.galley.command.CommandLineContract;
import dev.galley.command.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

class CommandLineTest extends CommandLineContract {
    @BeforeEach
    void makePipeline() throws IOException {
        Path pipeline = Files.createDirectories(folder.resolve("data/pipelines/shop"));
        Files.writeString(pipeline.resolve("pipeline.yml"), "name: shop\nowner: tests\n");
        Files.writeString(pipeline.resolve("sources.yml"), """
                sources:
                  api:
                    kind: rest
                    base_url: http://127.0.0.1:1
                    resources:
                      orders: {path: /orders}
                """);
    }

    @Override
    protected Program program(Map<String, String> environment) {
        return Main.program(environment);
    }

    @Override
    protected String jar() {
        return "ingest.jar";
    }

    @Override
    protected List<String> succeeding() {
        return List.of("down");
    }

    @Override
    protected List<String> failing() {
        return List.of("state", "shop");
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "GALLEY_STORE_ENDPOINT", "http://127.0.0.1:1",
                "GALLEY_STORE_BUCKET", "galley",
                "GALLEY_STORE_ACCESS_KEY", "none",
                "GALLEY_STORE_SECRET_KEY", "not-to-be-shown");
    }
}
