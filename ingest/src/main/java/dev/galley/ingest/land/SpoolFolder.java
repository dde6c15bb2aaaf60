package dev.galley.ingest.land;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The local folder for parts being written. */
final class SpoolFolder {
    /** No ingest writes to one part for so long. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private SpoolFolder() {}

    /** Removes what ingests that were killed left behind; what a running one may still need stays. */
    static void sweep(Path folder, Instant now) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> parts = entries.filter(
                            file -> file.getFileName().toString().endsWith(".spool"))
                    .toList();
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(now.minus(LEFT_BEHIND))) {
                    Files.deleteIfExists(part);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot tidy " + folder + ": " + e.getMessage(), e);
        }
    }
}
