package dev.galley.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** One MinIO for all tests of this JVM that neither stop it nor spoil it for others. */
public final class SharedMinio {
    private static final RunningStore STORE = started();

    private SharedMinio() {}

    /** Starts it if it does not run. */
    public static RunningStore store() {
        return STORE;
    }

    private static RunningStore started() {
        try {
            Path state = Files.createTempDirectory(Path.of("target"), "minio");
            LocalStore local = new LocalStore(state, "galley", Machine.STAND_IN, Machine.withMinio());
            Runtime.getRuntime().addShutdownHook(new Thread(new End(local, state)));
            return local.start(LocalStore.Choice.MINIO, line -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs also if this class could not be loaded, that is, if the server did not start. */
    private record End(LocalStore local, Path state) implements Runnable {
        @Override
        public void run() {
            local.stop();
            try (Stream<Path> files = Files.walk(state)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
