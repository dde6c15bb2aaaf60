package dev.galley.ingest.source.rest;

import dev.galley.definition.source.RestSource.ByEtag;
import dev.galley.definition.source.RestSource.ByPosition;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.source.rest.http.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.http.PageRequest;
import java.util.Optional;

/** How a crawl asks for what is new otherwise than by a window, and the cursor that follows from the answers. For one crawl. */
interface CursorTracker {
    /** The request for the first page, asking for what is new. */
    default PageRequest asking(PageRequest first) {
        return first;
    }

    default void learn(Fetched fetched) {}

    /** Where the next crawl continues from; empty as long as nothing tells. */
    default Optional<String> cursorTo() {
        return Optional.empty();
    }

    /**
     * As the resource declares it.
     *
     * @param cursor of the crawl before, or of this one as far as it went
     */
    static CursorTracker of(Resource resource, Optional<String> cursor) {
        if (resource.incremental().filter(ByEtag.class::isInstance).isPresent()) {
            return new EtagTracker(cursor);
        } else if (resource.incremental().filter(ByPosition.class::isInstance).isPresent()) {
            return new PositionTracker(resource.pagination(), cursor);
        }
        return new CursorTracker() {};
    }
}
