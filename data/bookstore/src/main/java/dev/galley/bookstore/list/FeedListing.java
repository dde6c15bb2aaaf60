package dev.galley.bookstore.list;

import java.util.List;
import java.util.Optional;

/** A feed's records that changed at a time or later, in the order (updated_at, id). */
record FeedListing(Feed feed, ListRequest request, WorldView view, FeedCounts.Cache cache) implements Listing {
    @Override
    public Slice after(Optional<String> cursor, int limit) {
        Optional<Feed.Entry> after =
                cursor.map(PageCursor::parse).map(place -> new Feed.Entry(place.first(), place.second(), -1));
        return slice(FeedPage.of(feed, view, since(), after, limit));
    }

    @Override
    public Slice afterKey(int limit) {
        return slice(FeedPage.of(feed, view, since(), request.keyset(feed.ids()), limit));
    }

    @Override
    public Slice at(long offset, int limit) {
        return slice(counted().page(feed, view, since(), offset, limit));
    }

    @Override
    public long total() {
        return counted().total();
    }

    private FeedCounts counted() {
        return cache.of(feed, view, since());
    }

    private long since() {
        return request.interceptor().since(request.since());
    }

    private Slice slice(FeedPage page) {
        List<Answer.Writer> records = page.entries().stream()
                .map(entry -> (Answer.Writer) json -> feed.write(json, entry, view))
                .toList();
        return new Slice(records, page.more() ? Optional.of(cursor(page)) : Optional.empty());
    }

    private static String cursor(FeedPage page) {
        Feed.Entry last = page.entries().get(page.entries().size() - 1);
        return new PageCursor(last.updatedAt(), last.id()).text();
    }
}
