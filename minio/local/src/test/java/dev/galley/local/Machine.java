package dev.galley.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the tests find on this machine. */
public final class Machine {
    static final Path ROOT = Path.of(System.getProperty("galley.root", "../.."));
    /** The stand-in that the build has fetched. */
    public static final Path STAND_IN = ROOT.resolve("minio/local/target/standin/s3proxy.jar");

    private Machine() {}

    /** A real MinIO server; a machine without one fails the tests, for a skipped contract holds nowhere. */
    static Path minio() {
        Optional<Path> found = new MinioInstall(new StateFolder(ROOT.resolve(".galley")), System.getenv()).find();
        return found.orElseThrow(() -> new AssertionError("There is no MinIO to test on: run `make minio`,"
                + " or put a minio binary on the PATH or name it in GALLEY_MINIO"));
    }

    /** An environment with MinIO and without Go. */
    public static Map<String, String> withMinio() {
        return Map.of("GALLEY_MINIO", minio().toString());
    }

    /** An environment with no program but a {@code go} of this content in {@code folder}. */
    static Map<String, String> withGo(Path folder, String script) throws IOException {
        Path go = Files.writeString(folder.resolve("go"), "#!/bin/sh\n" + script + "\n");
        if (!go.toFile().setExecutable(true)) {
            throw new AssertionError("Cannot make " + go + " executable");
        }
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", folder.toString());
        return environment;
    }
}
