package dev.galley.landing;

import static dev.galley.landing.LandingJson.required;

import dev.galley.landing.LandingJson.PartText;
import dev.galley.landing.LandingJson.TrafficText;
import dev.galley.landing.LandingJson.WindowText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of the note on a batch that is not sealed. What cannot be read is no note: the batch is begun anew then. */
final class BatchProgressJson {
    private static final int FORMAT_VERSION = 1;

    /** Takes the place of a note that is withdrawn, since the ingest may not delete. */
    static final byte[] NONE = {'{', '}'};

    private BatchProgressJson() {}

    static byte[] write(BatchProgress note) {
        try {
            return LandingJson.MAPPER.writeValueAsBytes(Text.of(note));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot note how far " + note.batch() + " is: " + e.getMessage(), e);
        }
    }

    static Optional<BatchProgress> read(BatchId batch, byte[] json) {
        try {
            Text text = required("content", LandingJson.MAPPER.readValue(json, Text.class));
            return text.formatVersion() != null && text.formatVersion() == FORMAT_VERSION
                    ? Optional.of(text.note(batch))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private record Text(
            @Nullable Integer formatVersion,
            @Nullable String ingestId,
            @Nullable Instant startedAt,
            @Nullable Instant notedAt,
            @Nullable String cursorFrom,
            @Nullable WindowText asked,
            @Nullable String checkpoint,
            @Nullable Integer lastPage,
            @Nullable String digest,
            @Nullable List<PartText> parts,
            @Nullable TrafficText traffic) {
        static Text of(BatchProgress note) {
            return new Text(
                    FORMAT_VERSION,
                    note.ingestId(),
                    note.startedAt(),
                    note.notedAt(),
                    note.cursorFrom().orElse(null),
                    WindowText.of(note.asked()),
                    note.checkpoint(),
                    note.lastPage(),
                    note.digest(),
                    note.parts().stream().map(PartText::of).toList(),
                    TrafficText.of(note.traffic()));
        }

        BatchProgress note(BatchId batch) {
            return new BatchProgress(
                    batch,
                    required("ingest_id", ingestId),
                    required("started_at", startedAt),
                    required("noted_at", notedAt),
                    Optional.ofNullable(cursorFrom),
                    required("asked", asked).window(),
                    required("checkpoint", checkpoint),
                    required("last_page", lastPage),
                    required("digest", digest),
                    required("parts", parts).stream()
                            .map(part -> required("content in a part", part).part())
                            .toList(),
                    required("traffic", traffic).traffic());
        }
    }
}
