package dev.galley.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps the newest failures whole, a file each, in the project's state. */
final class FailureLog {
    private static final int MOST_LOGS = 30;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path state;

    FailureLog(Path state) {
        this.state = state;
    }

    /** Writes a failure; empty if there is no state or it cannot be written: the failure itself is what matters. */
    Optional<Path> write(Exception failure, String verb) {
        if (!Files.isDirectory(state)) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createDirectories(state.resolve("logs"));
            Path log = folder.resolve(TIME.format(Instant.now()) + "-" + verb + ".log");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(log))) {
                failure.printStackTrace(writer);
            }
            prune(folder);
            return Optional.of(log);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void prune(Path folder) throws IOException {
        try (Stream<Path> logs = Files.list(folder)) {
            for (Path old : logs.filter(file -> file.toString().endsWith(".log"))
                    .sorted(Comparator.reverseOrder())
                    .skip(MOST_LOGS)
                    .toList()) {
                Files.deleteIfExists(old);
            }
        }
    }
}
