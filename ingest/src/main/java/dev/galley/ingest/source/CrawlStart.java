package dev.galley.ingest.source;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a crawl begins.
 *
 * @param cursor {@link Crawl#cursorTo} of the crawl to continue from; empty: everything. A cursor that the resource's
 *     declaration cannot use any more counts as none.
 * @param checkpoint {@link Crawl#checkpoint} of a crawl that began with the same cursor, since and until: the crawl goes on
 *     after the page last returned then; empty: from the first page
 * @param since the window's beginning, in place of the one that follows from the cursor
 * @param until the window's end, in place of now
 */
public record CrawlStart(
        Optional<String> cursor, Optional<String> checkpoint, Optional<Instant> since, Optional<Instant> until) {}
