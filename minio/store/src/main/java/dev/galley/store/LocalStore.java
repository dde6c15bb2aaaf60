package dev.galley.store;

import dev.galley.landing.StoreException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The object store of one machine: a MinIO server, or the stand-in where there is none, on a free port of the loopback address.
 * All it keeps lies under the state folder: data, kind and keys in {@code store/}, process and log in {@code run/}. It
 * outlives the process that starts it. Several processes may start and stop it at once.
 */
public final class LocalStore {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int PORTS_TO_TRY = 4;

    private final StateFolder state;
    private final String bucket;
    private final Path standIn;
    private final MinioBinary minio;
    private final Access access;

    /**
     * What may serve.
     *
     * <p>{@code MINIO}: a MinIO server. {@code STAND_IN}: s3proxy on the JVM, one identity and no policies.
     */
    public enum Kind {
        MINIO("MinIO"),
        STAND_IN("the stand-in S3 server");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** What is asked for. {@code AUTO}: what the state began with; else MinIO if it is found or can be built; else the stand-in. */
    public enum Choice {
        AUTO,
        MINIO,
        STAND_IN
    }

    /**
     * Opens the store of one state folder; starts nothing.
     *
     * @param state {@code .galley}; made where it is missing
     * @param standIn the stand-in's jar
     * @param environment where {@code GALLEY_MINIO}, {@code PATH}, {@code GOPATH} and {@code HOME} are looked up
     */
    public LocalStore(Path state, String bucket, Path standIn, Map<String, String> environment) {
        this.state = new StateFolder(state.toAbsolutePath().normalize());
        this.bucket = bucket;
        this.standIn = standIn.toAbsolutePath();
        this.minio = new MinioBinary(this.state, environment);
        this.access = new Access(this.state);
    }

    /** The store, if it runs and answers. */
    public Optional<RunningStore> running() {
        return state.server()
                .filter(server -> server.process().isPresent())
                .map(this::running)
                .filter(LocalStore::answers);
    }

    /**
     * Starts the store if it does not run, with its bucket and, on MinIO, a key for each {@link Role}; returns when it answers.
     * A state keeps the kind it began with, and its keys.
     *
     * @param say told what takes long, and which kind serves where that is not what was wished for
     * @throws LocalStoreException if it does not start, or if the state began with another kind
     */
    public RunningStore start(Choice choice, Consumer<String> say) {
        state.kind().ifPresent(begun -> checkKept(begun, choice));
        Optional<RunningStore> running = running().filter(access::isGranted);
        return running.orElseGet(() -> state.locked(() -> startLocked(choice, say)));
    }

    /** The key of a role, if {@link #start} has made one: not for the stand-in. */
    public Optional<Credentials> key(Role role) {
        return Optional.ofNullable(state.keys().get(role));
    }

    /**
     * The MinIO server's binary, built with Go where none is found.
     *
     * @throws LocalStoreException if there is none and it cannot be built
     */
    public Path minio(Consumer<String> say) {
        try {
            return minio.findOrBuild(say);
        } catch (MinioBinary.Missing e) {
            throw new LocalStoreException(
                    "Cannot start MinIO for " + state + ": " + e.getMessage()
                            + " Put a minio binary on the PATH or name it in GALLEY_MINIO.",
                    e);
        }
    }

    /** Stops the store, and no process that is not its own. Returns whether it ran. */
    public boolean stop() {
        return state.locked(
                () -> state.server().flatMap(Server::process).map(Server::stop).isPresent());
    }

    private RunningStore startLocked(Choice choice, Consumer<String> say) {
        RunningStore store = running(serving(choice, say));
        return access.isGranted(store) ? store : access.grant(store);
    }

    private Server serving(Choice choice, Consumer<String> say) {
        Optional<Server> own = state.server().filter(server -> server.process().isPresent());
        if (own.isPresent()) {
            RunningStore store = running(own.get());
            if (answersWithin(ANSWER, own.get(), store)) {
                return own.get();
            }
            say.accept("The object store at " + store.endpoint() + " does not answer; starting it again.");
            own.flatMap(Server::process).ifPresent(Server::stop);
        }
        Optional<Kind> begun = state.kind();
        begun.ifPresent(kind -> checkKept(kind, choice));
        Kind kind = begun.orElseGet(() -> choose(choice, say));
        Launch launch = kind == Kind.MINIO ? Launch.minio(state, minio(say)) : Launch.standIn(state, standIn);
        Server server = launch(launch, kind);
        state.keepKind(kind);
        return server;
    }

    private Kind choose(Choice choice, Consumer<String> say) {
        if (choice == Choice.STAND_IN) {
            return Kind.STAND_IN;
        }
        if (choice == Choice.MINIO) {
            return Kind.MINIO;
        }
        try {
            minio.findOrBuild(say);
            return Kind.MINIO;
        } catch (MinioBinary.Missing e) {
            say.accept(e.getMessage());
            say.accept(
                    "Using " + Kind.STAND_IN + " instead of MinIO: the same tables and figures, but one identity and no"
                            + " policies. This state folder keeps it; `make clean` begins anew.");
            return Kind.STAND_IN;
        }
    }

    private void checkKept(Kind begun, Choice choice) {
        boolean fits = choice == Choice.AUTO || choice.name().equals(begun.name());
        if (!fits) {
            throw new LocalStoreException("Cannot use " + Kind.valueOf(choice.name()) + " in " + state
                    + ": its data began with " + begun + "; `make clean` removes data and all, then it can begin anew");
        }
    }

    private Server launch(Launch launch, Kind kind) {
        launch.leftovers().forEach(Server::stop);
        for (int attempt = 1; ; attempt++) {
            int port = Ports.choose(attempt == 1 ? state.server().map(Server::port) : Optional.empty());
            Server server = launch.at(port);
            state.keepServer(server);
            RunningStore store = running(server);
            if (answersWithin(START, server, store)) {
                return server;
            }
            boolean died = server.process().isEmpty();
            server.process().ifPresent(Server::stop);
            if (!died || Ports.isFree(port) || attempt == PORTS_TO_TRY) {
                List<String> log = state.logTail(8);
                throw new LocalStoreException("Cannot start " + kind + " at " + store.endpoint() + ": it "
                        + (died ? "ended at once" : "did not answer for " + START.toSeconds() + " s") + ". The end of "
                        + state.log() + ":\n  " + String.join("\n  ", log));
            }
        }
    }

    private RunningStore running(Server server) {
        return new RunningStore(
                server.kind(),
                URI.create("http://127.0.0.1:" + server.port()),
                bucket,
                state.credentials(),
                server.kind() == Kind.MINIO ? state.keys() : Map.of(),
                server.pid());
    }

    private static boolean answersWithin(Duration patience, Server server, RunningStore store) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (server.process().isPresent() && System.nanoTime() < deadline) {
            if (answers(store)) {
                return true;
            }
            Pause.millis(50);
        }
        return false;
    }

    /** Only a server that knows our credentials gives this answer. */
    private static boolean answers(RunningStore store) {
        try (MinioObjectStore client = MinioObjectStore.impatient(store.settings())) {
            client.createBucket();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }
}
