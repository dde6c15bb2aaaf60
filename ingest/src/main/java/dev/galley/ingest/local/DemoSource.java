package dev.galley.ingest.local;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bookstore on this machine: a process of its own on the loopback address, which outlives the command that starts it. Its
 * world lies in {@code bookstore/} of the state folder, its log and our note of it in {@code run/}.
 */
public final class DemoSource {
    private static final Duration START = Duration.ofSeconds(60);
    /** More than a real shop would serve at once: what is measured here is the lakehouse. */
    private static final int LARGEST_PAGE = 1_000;

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final Path state;
    private final Path jar;
    private final List<String> options;

    /**
     * Starts nothing yet.
     *
     * @param state {@code .galley}
     * @param jar of the bookstore
     * @param options added to its command line
     */
    public DemoSource(Path state, Path jar, List<String> options) {
        this.state = state.toAbsolutePath().normalize();
        this.jar = jar.toAbsolutePath();
        this.options = List.copyOf(options);
    }

    /** Whether it has been built. */
    public boolean isThere() {
        return Files.isRegularFile(jar);
    }

    /** Where it serves, if it runs and answers. */
    public Optional<URI> running() {
        return OwnProcess.noted(note())
                .filter(process -> process.handle().isPresent())
                .map(process -> URI.create(process.url()))
                .filter(url -> new LoopbackHttp(url).answers("/healthz"));
    }

    /** Starts it if it does not run, at the port it had before if that is free; returns when it is ready. */
    public URI start() {
        Optional<URI> running = running();
        return running.orElseGet(this::startLocked);
    }

    /** Stops it, and no process that is not ours. Returns whether it ran. */
    public boolean stop() {
        return OwnProcess.noted(note()).map(OwnProcess::stop).orElse(false);
    }

    private URI startLocked() {
        try {
            Files.createDirectories(run());
            try (FileChannel channel = FileChannel.open(
                    run().resolve("bookstore.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileLock held = channel.lock();
                try {
                    Optional<URI> other = running();
                    return other.isPresent() ? other.orElseThrow() : launch(stop() ? 0 : portBefore());
                } finally {
                    held.release();
                }
            }
        } catch (IOException e) {
            throw new LocalException("Cannot start the bookstore: " + e.getMessage(), e);
        }
    }

    private URI launch(int port) throws IOException {
        Path urlFile = run().resolve("bookstore.url");
        Files.deleteIfExists(urlFile);
        Path log = run().resolve("bookstore.log");
        ProcessHandle process = new ProcessBuilder(command(port, urlFile))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .toHandle();
        OwnProcess own = OwnProcess.of(process, "");
        own.note(note());
        long deadline = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            String url = Files.exists(urlFile) ? Files.readString(urlFile).strip() : "";
            if (!url.isEmpty() && new LoopbackHttp(URI.create(url)).answers("/readyz")) {
                new OwnProcess(own.pid(), own.startedAt(), url).note(note());
                return URI.create(url);
            }
            pause();
        }
        own.stop();
        throw new LocalException("Cannot start the bookstore: it "
                + (System.nanoTime() < deadline ? "ended at once" : "was not ready after " + START.toSeconds() + " s")
                + "; the end of " + log + ":\n  " + String.join("\n  ", tail(log)));
    }

    private List<String> command(int port, Path urlFile) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // Out of reach of Ctrl-C.
            command.add(SETSID.toString());
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "--state",
                state.resolve("bookstore").toString(),
                "--port",
                String.valueOf(port),
                "--max-limit",
                String.valueOf(LARGEST_PAGE),
                "--url-file",
                urlFile.toString()));
        command.addAll(options);
        return command;
    }

    private int portBefore() {
        return OwnProcess.noted(note())
                .map(OwnProcess::url)
                .filter(url -> !url.isEmpty())
                .map(url -> URI.create(url).getPort())
                .filter(DemoSource::isFree)
                .orElse(0);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.subList(Math.max(0, lines.size() - 8), lines.size());
    }

    private static void pause() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("Interrupted while the bookstore was starting", e);
        }
    }

    private Path run() {
        return state.resolve("run");
    }

    private Path note() {
        return run().resolve("bookstore.json");
    }
}
