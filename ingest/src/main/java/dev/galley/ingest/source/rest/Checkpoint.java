package dev.galley.ingest.source.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.yaml.DateOrInstant;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.rest.paging.PageLoop.Step;
import dev.galley.landing.Manifest.Window;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Where a crawl stands, as JSON.
 *
 * @param fits of the declaration and the start that it belongs to
 * @param pages returned so far
 * @param step where its page loop stands; absent before the first page
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
    private static final int SHOWN = 16;

    /** Of a crawl before its first page. */
    static Checkpoint beginning(String fits, Window window, Optional<String> cursor) {
        return of(fits, 0, window, window, Optional.empty(), cursor, Optional.empty());
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

    /** @throws SourceException of kind STALE_CHECKPOINT unless the text is a checkpoint that fits */
    static Checkpoint parse(String text, String fits) {
        try {
            Checkpoint checkpoint = MAPPER.readValue(text, Checkpoint.class);
            if (checkpoint.version == VERSION && fits.equals(checkpoint.fits)) {
                return checkpoint;
            }
        } catch (JsonProcessingException e) {
            // Said below: another version of Galley may have written it.
        }
        throw SourceException.stale("the checkpoint belongs to another cursor, window or declaration");
    }

    /**
     * Tells whether a checkpoint belongs to a crawl: the beginning of a digest of what leads to its requests.
     *
     * @param declared the resource, and its parents if it has some
     */
    static String fits(URI baseUrl, List<Resource> declared, CrawlStart start) {
        StringBuilder all = new StringBuilder(baseUrl.toString());
        for (Resource resource : declared) {
            all.append('\n')
                    .append(List.of(
                            resource.path(),
                            resource.method(),
                            query(resource),
                            resource.body(),
                            resource.records(),
                            resource.shape(),
                            resource.ifMissing(),
                            resource.pagination(),
                            resource.incremental(),
                            resource.forEach()));
        }
        all.append('\n').append(List.of(start.cursor(), start.since(), start.until()));
        return ByteString.encodeUtf8(all.toString()).sha256().hex().substring(0, SHOWN);
    }

    private static Map<String, String> query(Resource resource) {
        Map<String, String> values = new TreeMap<>();
        resource.query().forEach((name, value) -> values.put(name, value.json()));
        return values;
    }
}
