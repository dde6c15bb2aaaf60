package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs as a person types them, each in a process of its own. */
class ControlVerbsTest {
    @TempDir
    private Path root;

    /** How a command ended and what it printed. */
    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void build() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> new File(entry).toURI().toString())
                                .collect(Collectors.joining(" ")));
        Path jar = root.resolve("data/bookstore/target/bookstore.jar");
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
    }

    @AfterEach
    void stop() throws Exception {
        bookstore("stop");
    }

    @Test
    void startsStopsAndTurnsTheSwitches() throws Exception {
        Ended status = bookstore("status");
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.out()).isEqualTo("bookstore stopped\n");
        Ended early = bookstore("next-day");
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err()).isEqualTo("There is no bookstore yet; start it: bin/bookstore start\n");

        assertThat(bookstore("start").out()).startsWith("bookstore started at http://127.0.0.1:");
        assertThat(bookstore("start", "--json").out()).startsWith("{\"bookstore\":\"running\",\"url\":\"http://");
        assertThat(Files.readString(root.resolve(".galley/env"))).startsWith("export BOOKSTORE_URL='http://127.0.0.1:");
        assertThat(bookstore("status").code()).isZero();

        String before = bookstore("clock").out();
        assertThat(bookstore("next-day").out()).isNotEqualTo(before);
        assertThat(bookstore("fault", "wrong_totals").out()).contains("wrong_totals");
        assertThat(bookstore("heal").out()).isEqualTo("All faults are off.\n");
        assertThat(bookstore("fault").out()).doesNotContain("wrong_totals");
        Ended unknown = bookstore("fault", "wrong_total");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).startsWith("Cannot PUT /admin/faults/wrong_total: http://127.0.0.1:");

        assertThat(bookstore("stop").out()).isEqualTo("bookstore stopped\n");
        assertThat(bookstore("stop").out()).isEqualTo("bookstore did not run\n");
        Ended late = bookstore("next-day");
        assertThat(late.code()).isEqualTo(2);
        assertThat(late.err())
                .startsWith("Cannot POST /admin/clock: http://127.0.0.1:")
                .contains(" does not answer (")
                .endsWith("; start it: bin/bookstore start\n");
    }

    private Ended bookstore(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                root.resolve("data/bookstore/target/bookstore.jar").toString()));
        command.addAll(Arrays.asList(arguments));
        Path out = root.resolve("out");
        Path err = root.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GALLEY_") || name.equals("BOOKSTORE_URL"));
        builder.environment().put("GALLEY_ROOT", root.toString());
        builder.environment().put("GALLEY_BOOKSTORE_OPTIONS", "--days 3 --orders-per-day 5");
        int code = builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Ended(code, Files.readString(out), Files.readString(err));
    }
}
