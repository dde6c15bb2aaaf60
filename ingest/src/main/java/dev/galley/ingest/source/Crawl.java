package dev.galley.ingest.source;

import dev.galley.landing.Manifest;
import java.time.Instant;
import java.util.Optional;

/** Reads one resource from its cursor to its end, a page at a time. For one thread. */
public interface Crawl {
    /** What the source is asked for. */
    Manifest.Window window();

    /**
     * The next page; empty after the last one. A page without records is a page.
     *
     * @throws SourceException if the source fails for good, or pages do not follow one another as they should; the crawl is
     *     over then
     */
    Optional<ReceivedPage> next();

    /** Where the next crawl continues from: known after the first page; always empty for a resource read whole. */
    Optional<String> cursorTo();

    /** The source's own clock when it served the first page, if it told. */
    Optional<Instant> watermark();
}
