package dev.galley.ingest.source;

import dev.galley.landing.Manifest;
import dev.galley.landing.Manifest.Traffic;
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
     *     over then. Of kind {@link SourceException.Kind#STALE_CHECKPOINT} if the source does not go on from where the crawl
     *     was to continue: it can be begun anew, without the checkpoint.
     */
    Optional<ReceivedPage> next();

    /**
     * Where the next crawl continues from: known after the first call of {@link #next}, for a feed of positions after the
     * last page. The cursor it began with if there is nothing new; empty for a resource read whole whose records are to be
     * compared.
     */
    Optional<String> cursorTo();

    /** The source's own clock when it served the first page, if it told. */
    Optional<Instant> watermark();

    /**
     * One line of text, without secrets, from which another crawl with the same cursor continues with the page after the one
     * last returned by {@link #next}. Empty before the first page and after the last, and where the source's paging cannot be
     * continued.
     */
    Optional<String> checkpoint();

    /** What this crawl cost so far; a crawl continued from a checkpoint begins at nothing. */
    Traffic traffic();
}
