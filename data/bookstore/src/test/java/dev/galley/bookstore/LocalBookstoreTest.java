package dev.galley.ingest.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.local.LocalException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops real processes. */
class DemoSourceTest {
    @TempDir
    Path folder;

    private Path note = Path.of("");
    private DemoSource source = new DemoSource(Path.of(""), Path.of("none"), List.of());

    @BeforeEach
    void build() throws IOException {
        source = source();
        note = folder.resolve("run/bookstore.json");
    }

    @AfterEach
    void stop() {
        source.stop();
    }

    @Test
    void startsOnceAndStaysWhereItIs() throws IOException {
        assertThat(source.isThere()).isTrue();
        assertThat(source.running()).isEmpty();

        URI url = source.start();

        assertThat(source().start()).isEqualTo(url);
        assertThat(source().running()).contains(url);
        assertThat(url.getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void comesBackAtTheSamePort() {
        URI url = source.start();

        assertThat(source.stop()).isTrue();
        assertThat(source.running()).isEmpty();
        assertThat(source.stop()).isFalse();
        assertThat(source.start()).isEqualTo(url);
    }

    @Test
    void isStartedAgainAfterItWasKilled() throws IOException {
        source.start();
        long pid = new JsonMapper().readTree(note.toFile()).path("pid").asLong();
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();

        assertThat(source.running()).isEmpty();
        assertThat(source.start()).isNotNull();
        assertThat(source.running()).isPresent();
    }

    @Test
    void neverStopsAProcessThatOnlyHasThePidOfOurs() throws IOException {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.createDirectories(note.getParent());
            Files.writeString(
                    note,
                    "{\"pid\": " + stranger.pid() + ", \"url\": \"http://127.0.0.1:9\", \"started_at\": \""
                            + Instant.now().minus(Duration.ofHours(1)) + "\"}");

            assertThat(source.running()).isEmpty();
            assertThat(source.stop()).isFalse();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void showsTheLogOfAStartThatFailed() throws IOException {
        DemoSource dying = source("--die");

        assertThatThrownBy(dying::start)
                .isInstanceOf(LocalException.class)
                .hasMessageContainingAll(
                        "Cannot start the bookstore at http://127.0.0.1:", "it ended at once", "no world in");
    }

    private DemoSource source(String... options) throws IOException {
        Path jar = folder.resolve("bookstore.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeBookstore.class.getName());
        String name = FakeBookstore.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                InputStream code = FakeBookstore.class.getClassLoader().getResourceAsStream(name)) {
            entries.putNextEntry(new JarEntry(name));
            java.util.Objects.requireNonNull(code).transferTo(entries);
        }
        return new DemoSource(folder, jar, List.of(options));
    }
}
