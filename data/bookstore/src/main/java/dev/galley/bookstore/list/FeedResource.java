package dev.galley.bookstore.list;

import java.util.Optional;

/** A feed as a list, in its own way of paging or in another that the request names; never whole. */
public record FeedResource(String name, Feed feed, PagingStyle paging, FeedCounts.Cache counts) implements Resource {
    public FeedResource(String name, Feed feed, PagingStyle paging) {
        this(name, feed, paging, new FeedCounts.Cache());
    }

    @Override
    public Answer list(ListRequest request, WorldView view) {
        PagingStyle style = request.style(paging);
        if (style == PagingStyle.WHOLE) {
            throw Problem.badRequest("style is \"whole\": " + name + " come in pages");
        }
        Feed listed = request.interceptor().feed(feed);
        return new PageWriter(request, new FeedListing(listed, request, view, counts)).answer(style);
    }

    @Override
    public Optional<Answer> one(String id, WorldView view) {
        return feed.find(feed.ids().indexOf(id), view).map(entry -> Answer.of(json -> feed.write(json, entry, view)));
    }
}
