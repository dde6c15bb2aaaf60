package dev.galley.landing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The seal of a batch, {@code _batch.json}: written last, and only where there is none. A batch without it is not visible.
 *
 * @param formatVersion 1
 * @param ingestId the ingest that landed it; sortable by time
 * @param parts in the order of reading
 * @param window what was asked for
 * @param cursorFrom where the ingest continued from; empty on a first load
 * @param cursorTo where the next ingest continues from; empty where the resource has no cursor
 * @param serverWatermark the source's own clock when the first page was served, if it tells
 * @param traffic what fetching it took; empty in seals of a time when it was not counted, and where nothing was fetched
 */
public record Manifest(
        int formatVersion,
        String pipeline,
        String source,
        String resource,
        String ingestId,
        long sequence,
        List<Part> parts,
        Window window,
        Optional<String> cursorFrom,
        Optional<String> cursorTo,
        Optional<Instant> serverWatermark,
        Instant startedAt,
        Instant endedAt,
        String toolVersion,
        Optional<Traffic> traffic) {
    public Manifest {
        LandingKeys.batch(pipeline, source, resource, sequence);
        parts = List.copyOf(parts);
    }

    public BatchId batch() {
        return LandingKeys.batch(pipeline, source, resource, sequence);
    }

    /** Lines of all parts, unreadable ones included. */
    public long records() {
        return parts.stream().mapToLong(Part::records).sum();
    }

    /**
     * One object of envelopes, a line each.
     *
     * @param name the object's name inside the batch's folder; its ending names the compression: {@code .zst}; older ones may be {@code .gz}
     * @param records lines, unreadable ones included
     * @param unreadable lines that hold no record, but bytes that could not be cut into records
     * @param bytes size of the object as stored
     * @param rawBytes size before compression
     * @param sha256 of the object as stored, in lower-case hex
     */
    public record Part(String name, long records, long unreadable, long bytes, long rawBytes, String sha256) {
        public Part {
            LandingKeys.checkSegment("part", name);
        }
    }

    /** The request window, as sent to the source; empty ends were left out. */
    public record Window(Optional<String> from, Optional<String> to) {}

    /**
     * What was exchanged with the source.
     *
     * @param requests sent, those tried again included
     * @param retries requests that were tried again
     * @param bytes received, as they came over the wire
     * @param throttled time spent waiting because the source, or its declaration, asked for it
     */
    @JsonPropertyOrder({"requests", "retries", "bytes"})
    public record Traffic(
            long requests,
            long retries,
            long bytes,

            @JsonProperty("throttled_seconds")
            @JsonSerialize(converter = LandingJson.ToSeconds.class)
            @JsonDeserialize(converter = LandingJson.FromSeconds.class)
            Duration throttled) {
        public static final Traffic NONE = new Traffic(0, 0, 0, Duration.ZERO);

        public Traffic plus(Traffic other) {
            return new Traffic(
                    requests + other.requests,
                    retries + other.retries,
                    bytes + other.bytes,
                    throttled.plus(other.throttled));
        }
    }
}
