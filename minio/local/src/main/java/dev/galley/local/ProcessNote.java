package dev.galley.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is noted of a server that was started.
 *
 * @param startedAt as the operating system tells
 * @param mark an argument of its command line that no other process has
 */
record ProcessNote(long pid, Instant startedAt, URI url, String mark) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    /** The note in a file; empty where there is none that can be read. */
    static Optional<ProcessNote> read(StateFolder state, Path file) {
        try {
            return state.read(file, text -> {
                JsonNode note = JSON.readTree(text);
                // The store's address had another name once.
                String url = note.path(note.has("url") ? "url" : "endpoint").asText();
                return new ProcessNote(
                        note.path("pid").asLong(),
                        Instant.parse(note.path("started_at").asText()),
                        URI.create(url),
                        note.path("mark").asText());
            });
        } catch (LocalException e) {
            return Optional.empty();
        }
    }

    void write(StateFolder state, Path file) {
        String json = JSON.createObjectNode()
                .put("url", url.toString())
                .put("pid", pid)
                .put("started_at", startedAt.toString())
                .put("mark", mark)
                .toPrettyString();
        state.write(file, json + "\n");
    }

    /** The process, if it still runs: pids are used again, so its start or its command line must be the same too. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isOurs);
    }

    static boolean hasArgument(ProcessHandle process, String argument) {
        return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(argument::equals);
    }

    private boolean isOurs(ProcessHandle process) {
        // A dead process that nobody has reaped is alive to ProcessHandle, but has no command any more.
        if (process.info().command().isEmpty()) {
            return false;
        }
        boolean sameStart = process.info()
                .startInstant()
                .map(start -> Duration.between(startedAt, start).abs().compareTo(CLOCK_STEP) <= 0)
                .orElse(false);
        return sameStart || hasArgument(process, mark);
    }
}
