package dev.galley.bookstore.list;

import dev.galley.bookstore.world.VirtualClock;
import java.util.Optional;

/** Stands between a list and one request: it is asked with what is right, and answers with what is served. */
public interface ListInterceptor {
    /** Is told before the list is looked at. */
    default void before(VirtualClock clock) {}

    /** The feed as this request is to see it. */
    default Feed feed(Feed feed) {
        return feed;
    }

    /** The beginning of a window; the beginning of time is {@link Long#MIN_VALUE}. */
    default long since(long since) {
        return since;
    }

    /** The time at which the list is seen. */
    default long seenAt(long now) {
        return now;
    }

    /** The page; the cursor is the one that the request came with. */
    default PageSource.Slice slice(PageSource.Slice slice, Optional<String> cursor) {
        return slice;
    }

    /** Where a page by number or offset begins. */
    default long start(long start) {
        return start;
    }

    /** The total that is told on a page which ends at {@code end}. */
    default long total(long total, long end) {
        return total;
    }
}
