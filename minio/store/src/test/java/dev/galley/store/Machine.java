package dev.galley.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the tests find on this machine. */
final class Machine {
    static final Path STAND_IN = Path.of("..", "local", "target", "standin", "s3proxy.jar");

    private Machine() {}

    /** This machine's variables, and the MinIO server that Galley has built, if there is one. */
    static Map<String, String> withMinio() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        Path built = Path.of(System.getProperty("galley.root", "../.."), ".galley", "bin", "minio");
        if (Files.isExecutable(built)) {
            environment.putIfAbsent("GALLEY_MINIO", built.toString());
        }
        return environment;
    }
}
