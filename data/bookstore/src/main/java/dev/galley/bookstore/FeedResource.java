package dev.galley.bookstore;

import java.util.Optional;

/** A feed as a list, in its own way of paging or in another that the request names; never whole. */
record FeedResource(String name, Feed feed, Paging paging, FeedCounts.Cache counts) implements Resource {
    FeedResource(String name, Feed feed, Paging paging) {
        this(name, feed, paging, new FeedCounts.Cache());
    }

    @Override
    public Answer list(ListRequest request, View view) {
        Paging style = request.style(paging);
        if (style == Paging.WHOLE) {
            throw Problem.badRequest("style is \"whole\": " + name + " come in pages");
        }
        Feed listed = request.interceptor().feed(feed);
        return new Pages(request, new FeedListing(listed, request, view, counts)).answer(style);
    }

    @Override
    public Optional<Answer> one(String id, View view) {
        return feed.find(feed.ids().indexOf(id), view).map(entry -> Answer.of(json -> feed.write(json, entry, view)));
    }
}
