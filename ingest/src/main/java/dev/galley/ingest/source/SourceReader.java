package dev.galley.ingest.source;

import java.util.Map;
import java.util.Optional;
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
     * @param cursor {@link Crawl#cursorTo} of the crawl to continue from; empty: everything. A cursor that the resource's
     *     declaration cannot use any more counts as none.
     */
    Crawl crawl(String resource, Optional<String> cursor);

    @Override
    void close();
}
