package dev.galley.bookstore;

import java.util.Optional;

/**
 * The faults of lists that strike one request.
 *
 * @param loops whether the next cursor is to be this page's own
 */
record Tricks(boolean loops) {
    /** The page as it is served; the cursor is the one that the request came with. */
    Listing.Slice on(Listing.Slice slice, Optional<String> cursor) {
        return loops && slice.next().isPresent()
                ? new Listing.Slice(slice.records(), cursor.or(slice::next))
                : slice;
    }
}
