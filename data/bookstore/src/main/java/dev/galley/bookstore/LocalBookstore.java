package dev.galley.ingest.local;

import dev.galley.local.LocalProcess;
import dev.galley.local.LoopbackHttp;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bookstore on this machine. Its world lies in {@code bookstore/} of the state folder. */
public final class DemoSource {
    /** More than a real shop would serve at once: what is measured here is the lakehouse. */
    private static final int LARGEST_PAGE = 1_000;

    private final String world;
    private final Path jar;
    private final List<String> options;
    private final LocalProcess process;

    /**
     * Starts nothing yet.
     *
     * @param state {@code .galley}
     * @param jar of the bookstore
     * @param options added to its command line
     */
    public DemoSource(Path state, Path jar, List<String> options) {
        this.world = state.resolve("bookstore").toAbsolutePath().normalize().toString();
        this.jar = jar.toAbsolutePath();
        this.options = List.copyOf(options);
        this.process =
                new LocalProcess(state, "bookstore", "bookstore", url -> new LoopbackHttp(url).answers("/readyz"));
    }

    /** Whether it has been built. */
    public boolean isThere() {
        return Files.isRegularFile(jar);
    }

    /** Where it serves, if it runs and answers. */
    public Optional<URI> running() {
        return process.running();
    }

    /** Starts it if it does not run, at the port it had before if that is free; returns when it is ready. */
    public URI start() {
        return process.start(new LocalProcess.Program(world, environment -> {}, this::command), line -> {});
    }

    /** Stops it, and no process that is not ours. Returns whether it ran. */
    public boolean stop() {
        return process.stop();
    }

    private List<String> command(int port) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "--state",
                world,
                "--port",
                String.valueOf(port),
                "--max-limit",
                String.valueOf(LARGEST_PAGE)));
        command.addAll(options);
        return command;
    }
}
