package dev.galley.bookstore;

import dev.galley.local.Installation;
import dev.galley.local.LocalProcess;
import dev.galley.local.LoopbackHttp;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The bookstore of one installation as a process of its own. Its world lies in {@code bookstore/} of the state folder, and
 * {@code BOOKSTORE_URL} in the environment file says where it serves, also while it is stopped.
 */
final class LocalBookstore {
    private static final String URL = "BOOKSTORE_URL";
    /** More than a real shop would serve at once: what is measured with it is the lakehouse. */
    private static final int LARGEST_PAGE = 1_000;

    private final Installation installation;
    private final Path jar;
    private final List<String> options;
    private final LocalProcess process;

    /**
     * Starts nothing yet.
     *
     * @param environment whose {@code GALLEY_BOOKSTORE_OPTIONS} are added to the server's command line
     */
    LocalBookstore(Map<String, String> environment) {
        this.installation = Installation.open(environment);
        this.jar = installation.root().resolve("data/bookstore/target/bookstore.jar");
        this.options = Arrays.stream(environment
                        .getOrDefault("GALLEY_BOOKSTORE_OPTIONS", "")
                        .strip()
                        .split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        this.process = new LocalProcess(
                installation.state(), "bookstore", "bookstore", url -> new LoopbackHttp(url).answers("/readyz"));
    }

    /** Where it serves, if it runs and answers. */
    Optional<URI> running() {
        return process.running();
    }

    /** Where pipelines ask for it: what the user says, else where it served last. */
    Optional<URI> url() {
        return Optional.ofNullable(installation.environment().get(URL)).map(URI::create);
    }

    /** Whether the user names one that is not of this installation; it is left alone. */
    boolean isForeign() {
        String noted = installation.environmentFile().read().get(URL);
        return url().filter(url -> !url.toString().equals(noted)).isPresent();
    }

    /** Starts it if it does not run, at the port it had before if that is free; returns when it is ready. */
    URI start() {
        String world = installation.state().resolve("bookstore").toString();
        String mark = "-Dgalley.bookstore=" + world;
        URI url = process.start(
                new LocalProcess.Program(mark, environment -> {}, port -> command(mark, world, port)), line -> {});
        installation.environmentFile().replace(Set.of(URL), Map.of(URL, url.toString()));
        return url;
    }

    /** Stops it, and no process that is not ours. Returns whether it ran. */
    boolean stop() {
        return process.stop();
    }

    private List<String> command(String mark, String world, int port) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                mark,
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
