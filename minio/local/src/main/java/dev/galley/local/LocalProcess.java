package dev.galley.local;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A server of this machine: a process of its own on a free port of the loopback address, which outlives the command that starts
 * it. Its log and a note of it lie in {@code run/} of the state folder. Several processes may start and stop it at once.
 */
public final class LocalProcess {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int PORTS_TO_TRY = 4;
    private static final int LINES_OF_LOG = 8;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final StateFolder state;
    private final String name;
    private final String label;
    private final Predicate<URI> answers;

    /**
     * How a server is started.
     *
     * @param mark an argument of its command line that no other process has
     * @param environment changes the variables that it sees; secrets stand there, never in a command line
     * @param command its command line at a port
     */
    public record Program(String mark, Consumer<Map<String, String>> environment, IntFunction<List<String>> command) {}

    /**
     * Names a server; starts nothing.
     *
     * @param state {@code .galley}; made where it is missing
     * @param name of its files: {@code run/NAME.json}, {@code run/NAME.log}, {@code run/NAME.lock}
     * @param label what people call it
     * @param answers whether it is ready at an address
     */
    public LocalProcess(Path state, String name, String label, Predicate<URI> answers) {
        this(new StateFolder(state.toAbsolutePath().normalize()), name, label, answers);
    }

    LocalProcess(StateFolder state, String name, String label, Predicate<URI> answers) {
        this.state = state;
        this.name = name;
        this.label = label;
        this.answers = answers;
    }

    /** Its address, if it runs and answers. */
    public Optional<URI> running() {
        return ours().map(ProcessNote::url).filter(answers);
    }

    /**
     * Starts it if it does not run, at the port that it had before if that is free; returns its address when it answers.
     *
     * @param say told if it must be started again
     * @throws LocalException if it does not start; the message holds the end of its log
     */
    public URI start(Program program, Consumer<String> say) {
        Optional<URI> running = running();
        return running.orElseGet(
                () -> locked(() -> startLocked(() -> program, say).url()));
    }

    /** Stops it, and no process that is not its own. Returns whether it ran. */
    public boolean stop() {
        return locked(this::stopLocked);
    }

    /** As {@link #stop}, in {@link #locked}. */
    boolean stopLocked() {
        Optional<ProcessNote> own = ours();
        own.flatMap(ProcessNote::process).ifPresent(this::end);
        return own.isPresent();
    }

    /** What was started last, if it still runs; it may not answer. */
    Optional<ProcessNote> ours() {
        return noted().filter(note -> note.process().isPresent());
    }

    /** Runs {@code work} while no other process and no other thread starts or stops this server. */
    <T> T locked(Supplier<T> work) {
        return state.locked(name + ".lock", work);
    }

    /** As {@link #start}, in {@link #locked}; the program is asked for only if it is to be started. */
    ProcessNote startLocked(Supplier<Program> program, Consumer<String> say) {
        Optional<ProcessNote> own = ours();
        if (own.isPresent()) {
            if (answersWithin(ANSWER, own.get())) {
                return own.get();
            }
            say.accept("The " + label + " at " + own.get().url() + " does not answer; starting it again.");
            own.flatMap(ProcessNote::process).ifPresent(this::end);
        }
        return launch(program.get());
    }

    private ProcessNote launch(Program program) {
        // Two processes on one data folder would spoil it: one may run whose note is lost.
        ProcessHandle.allProcesses()
                .filter(process -> ProcessNote.hasArgument(process, program.mark()))
                .forEach(this::end);
        for (int attempt = 1; ; attempt++) {
            Optional<Integer> before = noted().map(note -> note.url().getPort());
            int port = before.filter(LocalProcess::isFree).orElseGet(LocalProcess::freePort);
            ProcessNote started = startAt(port, program);
            started.write(state, noteFile());
            if (answersWithin(START, started)) {
                return started;
            }
            boolean died = started.process().isEmpty();
            started.process().ifPresent(this::end);
            if (!died || isFree(port) || attempt == PORTS_TO_TRY) {
                throw new LocalException("Cannot start the " + label + " at " + started.url() + ": it "
                        + (died ? "ended at once" : "did not answer for " + START.toSeconds() + " s") + ". The end of "
                        + log() + ":\n  " + String.join("\n  ", state.tail(log(), LINES_OF_LOG)));
            }
        }
    }

    private ProcessNote startAt(int port, Program program) {
        List<String> line = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // Out of reach of Ctrl-C: the server outlives the command that starts it.
            line.add(SETSID.toString());
        }
        line.addAll(program.command().apply(port));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        program.environment().accept(builder.environment());
        try {
            ProcessHandle process = builder.start().toHandle();
            Instant startedAt = process.info().startInstant().orElseGet(Instant::now);
            return new ProcessNote(process.pid(), startedAt, URI.create("http://127.0.0.1:" + port), program.mark());
        } catch (IOException e) {
            throw new LocalException("Cannot start the " + label + ": " + e.getMessage(), e);
        }
    }

    private boolean answersWithin(Duration patience, ProcessNote server) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (server.process().isPresent() && System.nanoTime() < deadline) {
            if (answers.test(server.url())) {
                return true;
            }
            Pause.millis(30);
        }
        return false;
    }

    /** Asks a process to end, then makes it end; returns when it is gone. */
    private void end(ProcessHandle process) {
        process.destroy();
        if (!endsInTime(process)) {
            process.destroyForcibly();
            if (!endsInTime(process)) {
                throw new LocalException(
                        "Cannot stop the " + label + ": its process " + process.pid() + " does not end");
            }
        }
    }

    private boolean endsInTime(ProcessHandle process) {
        try {
            process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("Interrupted while the " + label + " was being stopped", e);
        }
    }

    private Optional<ProcessNote> noted() {
        return ProcessNote.read(state, noteFile());
    }

    private Path noteFile() {
        return state.run().resolve(name + ".json");
    }

    private Path log() {
        return state.run().resolve(name + ".log");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalException("Cannot find a free port on 127.0.0.1: " + e.getMessage(), e);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
