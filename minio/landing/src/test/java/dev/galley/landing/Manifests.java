package dev.galley.landing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Manifests for tests. */
final class Manifests {
    static final Instant TIME = Instant.parse("2026-11-21T11:30:00.123456Z");
    static final RecordPosition POSITION = new RecordPosition(1, 0, TIME);

    private Manifests() {}

    /** An empty cursor stands for none. */
    static Manifest of(ResourceId resource, long sequence, String ingestId, String cursorFrom, String cursorTo) {
        return new Manifest(
                1,
                resource.pipeline(),
                resource.source(),
                resource.resource(),
                ingestId,
                sequence,
                List.of(new Manifest.Part("part-00000-" + ingestId + ".ndjson.zst", 3, 1, 100, 200, "ab".repeat(32))),
                new Manifest.Window(Optional.of("2026-11-20"), Optional.empty()),
                Optional.of(cursorFrom).filter(cursor -> !cursor.isEmpty()),
                Optional.of(cursorTo).filter(cursor -> !cursor.isEmpty()),
                Optional.of(TIME),
                TIME,
                TIME.plusSeconds(5),
                "0.1.0",
                Optional.of(new Manifest.Traffic(4, 1, 900, Duration.ofMillis(1_500))));
    }

    /** The text of a small object. */
    static String text(ObjectStore store, String key) {
        try (InputStream in = store.open(key)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
