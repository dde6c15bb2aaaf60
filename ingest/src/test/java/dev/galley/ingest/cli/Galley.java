package dev.galley.ingest.cli;

import dev.galley.local.LocalStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An installation with a MinIO of its own and nothing that is built; its commands run as processes. The tests of a JVM share
 * it.
 */
final class Galley {
    private static final Galley SHARED = start();

    private final Path root;
    private final Map<String, String> environment = new TreeMap<>();
    private final LocalStore store;

    private Galley(Path root) {
        this.root = root;
        Map<String, String> machine = new TreeMap<>(System.getenv());
        Path built = Path.of(System.getProperty("galley.root", ".."), ".galley", "bin", "minio");
        if (Files.isExecutable(built)) {
            machine.putIfAbsent("GALLEY_MINIO", built.toString());
            environment.put("GALLEY_MINIO", machine.get("GALLEY_MINIO"));
        }
        environment.put("GALLEY_ROOT", root.toString());
        store = new LocalStore(root.resolve(".galley"), "galley", root.resolve("none"), machine);
        store.start(LocalStore.Choice.MINIO, line -> {});
    }

    static Galley shared() {
        return SHARED;
    }

    private static Galley start() {
        try {
            Galley galley = new Galley(Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "galley-"));
            Runtime.getRuntime().addShutdownHook(new Thread(galley.store::stop));
            return galley;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    Path state() {
        return root.resolve(".galley");
    }

    Galley with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Writes a pipeline of sources alone. */
    Galley pipeline(String name, String sources) {
        try {
            Path folder = Files.createDirectories(root.resolve("data/pipelines").resolve(name));
            Files.writeString(folder.resolve("pipeline.yml"), "name: " + name + "\nowner: tests\n");
            Files.writeString(folder.resolve("sources.yml"), sources);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a command ended and what it printed. */
    record Ended(int code, String out, String err) {}

    Ended run(String heap, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(arguments));
        try {
            Path out = Files.createTempFile(root, "out", "");
            Path err = Files.createTempFile(root, "err", "");
            ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("GALLEY_") || name.equals("BOOKSTORE_URL"));
            builder.environment().putAll(environment);
            int code = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            return new Ended(code, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
