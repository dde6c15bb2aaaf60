package dev.galley.ingest.source;

import java.util.Map;
import java.util.Set;

/** An open source. May be used by several threads at once, a crawl for each. */
public interface SourceReader extends AutoCloseable {
    String name();

    /** How many resources may be crawled at once. */
    int concurrency();

    /**
     * The resources in the order declared, each with those to crawl before it: what refers to a thing comes first, then the
     * thing exists when it is asked for.
     */
    Map<String, Set<String>> prerequisites();

    /**
     * Begins to read a resource; nothing is requested yet.
     *
     * @throws SourceException of kind {@link SourceException.Kind#STALE_CHECKPOINT} if the checkpoint does not belong to this
     *     cursor and window, or the resource's declaration has changed since: begin anew, without the checkpoint; of kind
     *     {@link SourceException.Kind#NO_WINDOW} if since or until are given and the resource cannot be asked for a window
     */
    Crawl crawl(String resource, CrawlStart start);

    @Override
    void close();
}
