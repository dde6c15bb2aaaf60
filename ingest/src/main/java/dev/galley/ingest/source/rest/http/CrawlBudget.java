package dev.galley.ingest.source.rest.http;

import dev.galley.definition.source.RestSource.Limits;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** How many pages one crawl may take, and how long. For several threads. */
public final class CrawlBudget {
    private final Limits limits;
    private final Clock clock;
    private Optional<Instant> began = Optional.empty();
    private long pages;

    /**
     * Counts on from what another crawl took.
     *
     * @param pages taken by the crawl that this one continues
     */
    public CrawlBudget(Limits limits, Clock clock, long pages) {
        this.limits = limits;
        this.clock = clock;
        this.pages = pages;
    }

    /** Before each page. */
    synchronized void spend() {
        Instant now = clock.instant();
        if (began.isEmpty()) {
            began = Optional.of(now);
        }
        pages++;
        if (pages > limits.maxPages()) {
            throw new SourceException(
                    Kind.TOO_LARGE,
                    "there are more than " + limits.maxPages() + " pages; raise max_pages if that is right");
        }
        if (began.orElseThrow().plus(limits.maxTime()).isBefore(now)) {
            throw new SourceException(
                    Kind.TOO_LONG,
                    "the crawl takes longer than " + limits.maxTime().toSeconds()
                            + " s; raise max_time if that is right");
        }
    }
}
