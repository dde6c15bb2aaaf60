package dev.galley.ingest.source.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.source.DateOrInstant;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.landing.Manifest.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a crawl stands, as the JSON of its checkpoint.
 *
 * @param fits of the declaration and the start that it belongs to
 * @param pages returned so far
 * @param step where the walk stands; absent before the first page
 * @param parents where the crawl of the parents stood before it fetched the page with the parent at hand
 * @param key of the parent at hand, a JSON object
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Checkpoint(
        int version,
        String fits,
        int pages,
        @Nullable String from,
        @Nullable String to,
        @Nullable String pieceFrom,
        @Nullable String pieceTo,
        @Nullable String watermark,
        @Nullable String cursor,
        @Nullable Step step,
        @Nullable Checkpoint parents,
        @Nullable String key) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int VERSION = 2;

    /**
     * Where a walk stands.
     *
     * @param over whether there is no next request
     * @param at the address of the next request, where the source named it
     * @param set parameters of the next request beside those of every request, as JSON
     * @param had when the last page was
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(
            boolean over,
            @Nullable String at,
            Map<String, String> set,
            long records,
            int empty,
            List<Long> requested,
            List<Long> received,
            @Nullable Long total,
            @Nullable String had) {
        Step {
            Objects.requireNonNull(set, "set");
            Objects.requireNonNull(requested, "requested");
            Objects.requireNonNull(received, "received");
        }
    }

    static Checkpoint of(
            String fits,
            int pages,
            Window window,
            Window piece,
            Optional<Instant> watermark,
            Optional<String> cursor,
            Optional<Step> step) {
        return new Checkpoint(
                VERSION,
                fits,
                pages,
                window.from().orElse(null),
                window.to().orElse(null),
                piece.from().orElse(null),
                piece.to().orElse(null),
                watermark.map(Instant::toString).orElse(null),
                cursor.orElse(null),
                step.orElse(null),
                null,
                null);
    }

    /** Of a crawl that is made for each parent. */
    static Checkpoint of(String fits, int pages, Checkpoint parents, String key, Step step) {
        return new Checkpoint(VERSION, fits, pages, null, null, null, null, null, null, step, parents, key);
    }

    /** The same place, by what was learned since. */
    Checkpoint with(Window window, Optional<Instant> learned) {
        return new Checkpoint(
                version,
                fits,
                pages,
                window.from().orElse(null),
                window.to().orElse(null),
                pieceFrom,
                pieceTo,
                learned.map(Instant::toString).orElse(null),
                cursor,
                step,
                parents,
                key);
    }

    Window window() {
        return new Window(Optional.ofNullable(from), Optional.ofNullable(to));
    }

    Window piece() {
        return new Window(Optional.ofNullable(pieceFrom), Optional.ofNullable(pieceTo));
    }

    Optional<Instant> learned() {
        return Optional.ofNullable(watermark).flatMap(DateOrInstant::parse);
    }

    /** One line. */
    String text() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers are always JSON", e);
        }
    }

    /** @throws SourceException of kind STALE_CHECKPOINT unless the text is a bookmark that fits */
    static Checkpoint parse(String text, String fits) {
        try {
            Checkpoint bookmark = MAPPER.readValue(text, Checkpoint.class);
            if (bookmark.version == VERSION && fits.equals(bookmark.fits)) {
                return bookmark;
            }
        } catch (JsonProcessingException e) {
            // Said below: another version of Galley may have written it.
        }
        throw stale("the checkpoint belongs to another cursor, window or declaration");
    }

    static SourceException stale(String why) {
        return new SourceException(Kind.STALE_CHECKPOINT, why + "; begin anew");
    }
}
