package dev.galley.bookstore.list;

import java.util.List;
import java.util.Optional;

/** A feed as a resource, in its own way of paging or in another that the request names; never whole. */
public record FeedResource(String name, Feed feed, PagingStyle paging, FeedCounts.Cache counts) implements Resource {
    public FeedResource(String name, Feed feed, PagingStyle paging) {
        this(name, feed, paging, new FeedCounts.Cache());
    }

    @Override
    public Answer list(ListRequest request, WorldView view) {
        PagingStyle style = request.style(paging);
        if (style == PagingStyle.WHOLE) {
            throw HttpProblem.badRequest("style is \"whole\": " + name + " come in pages");
        }
        Feed listed = request.interceptor().feed(feed);
        return new PageWriter(request, new FeedSource(listed, request, view, counts)).answer(style);
    }

    @Override
    public Optional<Answer> one(String id, WorldView view) {
        return feed.find(feed.ids().indexOf(id), view).map(entry -> Answer.of(json -> feed.write(json, entry, view)));
    }

    /** The feed's records that changed at a time or later, in the order (updated_at, id). */
    private record FeedSource(Feed feed, ListRequest request, WorldView view, FeedCounts.Cache cache)
            implements PageSource {
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
            List<JsonWriter.Fields> records = page.entries().stream()
                    .map(entry -> (JsonWriter.Fields) json -> feed.write(json, entry, view))
                    .toList();
            return new Slice(records, page.more() ? Optional.of(cursor(page)) : Optional.empty());
        }

        private static String cursor(FeedPage page) {
            Feed.Entry last = page.entries().get(page.entries().size() - 1);
            return new PageCursor(last.updatedAt(), last.id()).text();
        }
    }
}
