package dev.galley.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where the MinIO server is: named, built by Galley, on the PATH, or where Go puts what it installs. */
final class MinioInstall {
    /** It has been source-only since 2025; this is its last commit. */
    static final String MODULE = "github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c";

    private final StateFolder state;
    private final Map<String, String> environment;

    MinioInstall(StateFolder state, Map<String, String> environment) {
        this.state = state;
        this.environment = environment;
    }

    /** @throws LocalException if {@code GALLEY_MINIO} names no program */
    Optional<Path> find() {
        String named = environment.getOrDefault("GALLEY_MINIO", "");
        if (!named.isEmpty()) {
            Path path = Path.of(named).toAbsolutePath();
            if (!isProgram(path)) {
                throw new LocalException(
                        "Cannot use GALLEY_MINIO: " + path + " is no program; name a minio binary or unset it");
            }
            return Optional.of(path);
        }
        List<Path> folders = new ArrayList<>();
        folders.add(state.bin());
        folders.addAll(folders("PATH", ""));
        folders.addAll(folders("GOBIN", ""));
        folders.addAll(folders("GOPATH", "bin"));
        folders.addAll(folders("HOME", "go/bin"));
        return program("minio", folders);
    }

    /**
     * The binary that is found, else one built with Go into the state's {@code bin}, which takes minutes.
     *
     * @throws Missing if there is none, and no Go, no network, or the build fails
     */
    Path findOrBuild(Consumer<String> say) {
        return find().orElseGet(() -> build(say));
    }

    private Path build(Consumer<String> say) {
        List<Path> folders = new ArrayList<>(folders("PATH", ""));
        folders.addAll(folders("GOROOT", "bin"));
        Path compiler = program("go", folders)
                .orElseThrow(() -> new Missing("There is no MinIO on this machine, and no Go to build it with."));
        Path log = state.run().resolve("minio-build.log");
        say.accept("Building MinIO with " + compiler + ", once: about two minutes (log: " + log + ")");
        ProcessBuilder builder = new ProcessBuilder(compiler.toString(), "install", MODULE)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("GOBIN", state.bin().toString());
        builder.environment().put("CGO_ENABLED", "0");
        try {
            int exit = await(builder.start(), say);
            Path binary = state.bin().resolve("minio");
            if (exit == 0 && isProgram(binary)) {
                say.accept("MinIO is built: " + binary);
                return binary;
            }
            String said = state.tail(log, 1).stream().findFirst().orElse("exit code " + exit);
            throw new Missing("MinIO could not be built (" + said.strip() + "; log: " + log + ").");
        } catch (IOException e) {
            throw new Missing("MinIO could not be built (" + e.getMessage() + ").");
        }
    }

    private static int await(Process build, Consumer<String> say) {
        long begun = System.nanoTime();
        try {
            while (!build.waitFor(15, TimeUnit.SECONDS)) {
                say.accept("Building MinIO: " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s");
            }
            return build.exitValue();
        } catch (InterruptedException e) {
            build.destroy();
            Thread.currentThread().interrupt();
            throw new LocalException("Interrupted while MinIO was being built", e);
        }
    }

    private static Optional<Path> program(String name, List<Path> folders) {
        return folders.stream()
                .map(folder -> folder.resolve(name).toAbsolutePath())
                .filter(MinioInstall::isProgram)
                .findFirst();
    }

    /** The folders that a variable lists, or a folder in each. */
    private List<Path> folders(String variable, String inner) {
        return Stream.of(environment.getOrDefault(variable, ""))
                .flatMap(list -> Arrays.stream(list.split(File.pathSeparator)))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder).resolve(inner))
                .toList();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    /** There is no MinIO and it cannot be built; the message is a sentence. */
    static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
