package dev.galley.ingest.land;

import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.SourceException;
import dev.galley.landing.BatchProgress;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A crawl whose first page is fetched.
 *
 * @param kept what an earlier ingest had stored before that page
 */
record StartedCrawl(Crawl crawl, Optional<ReceivedPage> first, Optional<BatchProgress> kept) {
    private static final Logger LOG = LoggerFactory.getLogger(StartedCrawl.class);

    /** Goes on after what is stored, where the source does; else from the beginning. */
    static StartedCrawl by(Function<CrawlStart, Crawl> opening, BatchTarget target, Optional<BatchProgress> stored) {
        if (stored.isPresent()) {
            Optional<StartedCrawl> continued = continued(opening, target, stored.orElseThrow());
            if (continued.isPresent()) {
                return continued.orElseThrow();
            }
        }
        Crawl crawl = opening.apply(target.start(Optional.empty()));
        return new StartedCrawl(crawl, crawl.next(), Optional.empty());
    }

    private static Optional<StartedCrawl> continued(
            Function<CrawlStart, Crawl> opening, BatchTarget target, BatchProgress stored) {
        try {
            Crawl crawl = opening.apply(target.start(Optional.of(stored.checkpoint())));
            Optional<ReceivedPage> first = crawl.next();
            if (first.isPresent() && first.orElseThrow().number() == stored.lastPage() + 1) {
                LOG.info(
                        "{} goes on after page {}, {} records are stored",
                        target.batch().resource(),
                        stored.lastPage(),
                        stored.records());
                return Optional.of(new StartedCrawl(crawl, first, Optional.of(stored)));
            }
        } catch (SourceException e) {
            if (e.kind().retriable()) {
                throw e;
            }
            // Most likely its cursor has expired. What is wrong with the source itself shows again at the first page.
            LOG.info("{} begins anew: {}", target.batch().resource(), e.getMessage());
        }
        return Optional.empty();
    }

    /** Records stored before the first page. */
    long keptRecords() {
        return kept.map(BatchProgress::records).orElse(0L);
    }
}
