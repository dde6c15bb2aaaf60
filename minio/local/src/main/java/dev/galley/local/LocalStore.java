package dev.galley.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The object store of one machine: a MinIO server, or the stand-in where there is none, on a free port of the loopback address.
 * All it keeps lies under the state folder: data, kind and keys in {@code store/}, process and log in {@code run/}. It
 * outlives the process that starts it. Several processes may start and stop it at once.
 */
public final class LocalStore {
    private final StateFolder state;
    private final String bucket;
    private final Path standIn;
    private final MinioInstall minio;
    private final MinioUsers users;
    private final LocalProcess process;

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
        this.minio = new MinioInstall(this.state, environment);
        this.users = new MinioUsers(this.state);
        this.process = new LocalProcess(this.state, "store", "object store", this::answers);
    }

    /** The store, if it runs and answers. */
    public Optional<RunningStore> running() {
        return state.kind()
                .flatMap(kind ->
                        process.ours().filter(server -> answers(server.url())).map(server -> running(kind, server)));
    }

    /**
     * Starts the store if it does not run, with its bucket and, on MinIO, a key for each {@link Role}; returns when it answers.
     * A state keeps the kind it began with, and its keys.
     *
     * @param say told what takes long, and which kind serves where that is not what was wished for
     * @throws LocalException if it does not start, or if the state began with another kind
     */
    public RunningStore start(Choice choice, Consumer<String> say) {
        state.kind().ifPresent(begun -> checkKept(begun, choice));
        Optional<RunningStore> running = running().filter(users::areGranted);
        return running.orElseGet(() -> process.locked(() -> startLocked(choice, say)));
    }

    /**
     * The MinIO server's binary, built with Go where none is found.
     *
     * @throws LocalException if there is none and it cannot be built
     */
    public Path minio(Consumer<String> say) {
        try {
            return minio.findOrBuild(say);
        } catch (MinioInstall.Missing e) {
            throw new LocalException(
                    "Cannot start MinIO for " + state + ": " + e.getMessage()
                            + " Put a minio binary on the PATH or name it in GALLEY_MINIO.",
                    e);
        }
    }

    /** How much it holds, as its server keeps it; about, if it is written to meanwhile. */
    public long bytes() {
        return state.size(state.data());
    }

    /** Stops the store, and no process that is not its own. Returns whether it ran. */
    public boolean stop() {
        return process.stop();
    }

    private RunningStore startLocked(Choice choice, Consumer<String> say) {
        state.kind().ifPresent(begun -> checkKept(begun, choice));
        if (state.kind().isEmpty()) {
            process.stopLocked(); // a start that was cut short has left a server, and nobody knows of which kind
        }
        Kind kind = state.kind().orElseGet(() -> choose(choice, say));
        ProcessNote server = process.startLocked(() -> program(kind, say), say);
        state.keepKind(kind);
        RunningStore store = running(kind, server);
        return users.areGranted(store) ? store : users.grant(store);
    }

    private LocalProcess.Program program(Kind kind, Consumer<String> say) {
        return kind == Kind.MINIO ? StoreProgram.minio(state, minio(say)) : StoreProgram.standIn(state, standIn);
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
        } catch (MinioInstall.Missing e) {
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
            throw new LocalException("Cannot use " + Kind.valueOf(choice.name()) + " in " + state
                    + ": its data began with " + begun + "; `make clean` removes data and all, then it can begin anew");
        }
    }

    private RunningStore running(Kind kind, ProcessNote server) {
        return new RunningStore(
                kind,
                server.url(),
                bucket,
                state.credentials(),
                kind == Kind.MINIO ? state.keys() : Map.of(),
                server.pid());
    }

    /** Only a server that knows our credentials gives this answer. */
    private boolean answers(URI url) {
        LoopbackHttp owner = new LoopbackHttp(url, state.credentials());
        int status = owner.status("HEAD", "/" + bucket);
        return status == 200 || (status == 404 && owner.status("PUT", "/" + bucket) == 200);
    }
}
