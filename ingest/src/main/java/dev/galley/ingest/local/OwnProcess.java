package dev.galley.ingest.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that we started and noted in a file. Pids are used again, so its start must be the one noted.
 *
 * @param url where it serves
 */
record OwnProcess(long pid, Instant startedAt, String url) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** The one noted, whether or not it still runs; empty where there is no note that can be read. */
    static Optional<OwnProcess> noted(Path note) {
        try {
            JsonNode json = JSON.readTree(Files.readString(note));
            return Optional.of(new OwnProcess(
                    json.path("pid").asLong(),
                    Instant.parse(json.path("started_at").asText()),
                    json.path("url").asText()));
        } catch (NoSuchFileException | com.fasterxml.jackson.core.JacksonException | DateTimeException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new LocalException("Cannot read " + note + ": " + e.getMessage(), e);
        }
    }

    /** The process as it has just been started. */
    static OwnProcess of(ProcessHandle process, String url) {
        return new OwnProcess(process.pid(), process.info().startInstant().orElseGet(Instant::now), url);
    }

    void note(Path note) {
        try {
            Path draft = Files.createTempFile(note.toAbsolutePath().getParent(), ".process", ".draft");
            Files.writeString(
                    draft,
                    JSON.createObjectNode()
                            .put("pid", pid)
                            .put("started_at", startedAt.toString())
                            .put("url", url)
                            .toPrettyString());
            Files.move(draft, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LocalException("Cannot write " + note + ": " + e.getMessage(), e);
        }
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                // A dead process that nobody has reaped has no command any more.
                .filter(process -> process.info().command().isPresent())
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(startedAt, start).abs().compareTo(CLOCK_STEP) <= 0)
                        .orElse(false));
    }

    /** Asks it to end, then makes it end. Returns whether it ran. */
    boolean stop() {
        Optional<ProcessHandle> running = handle();
        running.ifPresent(process -> {
            process.destroy();
            if (!endsInTime(process)) {
                process.destroyForcibly();
                if (!endsInTime(process)) {
                    throw new LocalException("Cannot stop process " + pid + ": it does not end");
                }
            }
        });
        return running.isPresent();
    }

    private static boolean endsInTime(ProcessHandle process) {
        try {
            process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalException("Interrupted while process " + process.pid() + " was being stopped", e);
        }
    }
}
