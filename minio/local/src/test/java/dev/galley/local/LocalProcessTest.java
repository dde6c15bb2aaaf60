package dev.galley.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts and stops real processes. */
class LocalProcessTest {
    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server().stop();
    }

    @Test
    void startsOnceAndStaysWhereItIs() {
        assertThat(server().running()).isEmpty();

        URI url = start();

        assertThat(start()).isEqualTo(url);
        assertThat(server().running()).contains(url);
        assertThat(url.getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void comesBackAtTheSamePort() {
        URI url = start();

        assertThat(server().stop()).isTrue();
        assertThat(server().running()).isEmpty();
        assertThat(server().stop()).isFalse();
        assertThat(start()).isEqualTo(url);
    }

    @Test
    void isStartedAgainAfterItWasKilled() throws IOException {
        start();
        ProcessHandle process = ProcessHandle.of(noted().path("pid").asLong()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();

        assertThat(server().running()).isEmpty();
        assertThat(start()).isNotNull();
        assertThat(server().running()).isPresent();
    }

    @Test
    void neverStopsAProcessThatOnlyHasThePidOfOurs() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            write("{\"pid\": " + stranger.pid() + ", \"url\": \"http://127.0.0.1:9\", \"started_at\": \""
                    + Instant.now().minus(Duration.ofHours(1)) + "\"}");

            assertThat(server().running()).isEmpty();
            assertThat(server().stop()).isFalse();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void showsTheLogOfAStartThatFailed() {
        assertThatThrownBy(() -> server().start(program("die"), line -> {}))
                .isInstanceOf(LocalException.class)
                .hasMessageStartingWith("Cannot start the shop at http://127.0.0.1:")
                .hasMessageContainingAll("it ended at once", "run/shop.log", "no world in " + folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"MINIO\", \"endpoint\": \"%s\", \"port\": 0, \"pid\": %d, \"started_at\": \"%s\", \"mark\": \"\"}",
                "{\"url\": \"%s\", \"pid\": %d, \"started_at\": \"%s\"}"
            })
    void findsAServerByANoteOfBefore(String format) throws IOException {
        URI url = start();
        write(format.formatted(
                url, noted().path("pid").asLong(), noted().path("started_at").asText()));

        assertThat(server().running()).contains(url);
        assertThat(server().stop()).isTrue();
        assertThat(server().running()).isEmpty();
    }

    private LocalProcess server() {
        return new LocalProcess(folder, "shop", "shop", url -> new LoopbackHttp(url).answers("/"));
    }

    private URI start() {
        return server().start(program("serve"), line -> {});
    }

    private LocalProcess.Program program(String wish) {
        String mark = folder.toString();
        return new LocalProcess.Program(
                mark,
                environment -> {},
                port -> List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeServer.class.getName(),
                        mark,
                        String.valueOf(port),
                        wish));
    }

    private JsonNode noted() throws IOException {
        return new JsonMapper().readTree(folder.resolve("run/shop.json").toFile());
    }

    private void write(String note) throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(folder.resolve("run/shop.json"), note);
    }
}
