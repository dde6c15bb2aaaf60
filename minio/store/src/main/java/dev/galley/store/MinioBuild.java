package dev.galley.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Builds the MinIO server with Go: it has been source-only since 2025, and this is its last commit. */
final class MinioBuild {
    static final String MODULE = "github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c";

    private final StateFolder state;
    private final Optional<Path> go;

    MinioBuild(StateFolder state, Optional<Path> go) {
        this.state = state;
        this.go = go;
    }

    /**
     * Builds it into the state's {@code bin}; takes minutes.
     *
     * @throws MinioBinary.Missing if there is no Go, no network, or the build fails
     */
    Path run(Consumer<String> say) {
        Path compiler = go.orElseThrow(
                () -> new MinioBinary.Missing("There is no MinIO on this machine, and no Go to build it with."));
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
            if (exit == 0 && Files.isExecutable(binary)) {
                say.accept("MinIO is built: " + binary);
                return binary;
            }
            throw new MinioBinary.Missing("MinIO could not be built (" + lastLine(log, exit) + "; log: " + log + ").");
        } catch (IOException e) {
            throw new MinioBinary.Missing("MinIO could not be built (" + e.getMessage() + ").");
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
            throw new LocalStoreException("Interrupted while MinIO was being built", e);
        }
    }

    private static String lastLine(Path log, int exit) throws IOException {
        List<String> lines =
                Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty()
                ? "exit code " + exit
                : lines.get(lines.size() - 1).strip();
    }
}
