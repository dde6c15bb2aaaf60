package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A feed as a list: with a cursor in the Link header, with a cursor in the body, or by keyset. */
record FeedResource(String name, Feed feed, Paging paging) implements Resource {
    enum Paging {
        LINK,
        BODY,
        KEYSET
    }

    @Override
    public Answer list(ListRequest request, View view) {
        int limit = request.limit("limit");
        Optional<Feed.Entry> after = paging == Paging.KEYSET ? request.keyset(feed.ids()) : request.cursor();
        FeedPage page = FeedPage.of(feed, view, request.since(), after, limit);
        Optional<String> next = page.more() ? Optional.of(next(page, request)) : Optional.empty();
        return switch (paging) {
            case LINK ->
                Answer.of(
                        next.map(cursor -> Map.of("Link", link(request, limit, cursor)))
                                .orElse(Map.of()),
                        json -> array(json, page.entries(), view));
            case BODY ->
                Answer.of(json -> {
                    json.writeStartObject();
                    json.writeFieldName("data");
                    array(json, page.entries(), view);
                    Json.text(json, "next_cursor", next);
                    json.writeEndObject();
                });
            case KEYSET ->
                Answer.of(json -> {
                    json.writeStartObject();
                    json.writeFieldName("data");
                    array(json, page.entries(), view);
                    json.writeEndObject();
                });
        };
    }

    @Override
    public Optional<Answer> one(String id, View view) {
        return feed.find(feed.ids().indexOf(id), view).map(entry -> Answer.of(json -> feed.write(json, entry, view)));
    }

    /** A looping list sends the client back to the page it is on; from the first page, to the second. */
    private static String next(FeedPage page, ListRequest request) {
        Optional<String> own = request.loops() ? request.text("cursor") : Optional.empty();
        return own.orElseGet(
                () -> ListRequest.cursor(page.entries().get(page.entries().size() - 1)));
    }

    private static String link(ListRequest request, int limit, String cursor) {
        return "<" + request.url() + "?limit=" + limit + "&cursor=" + cursor + ">; rel=\"next\"";
    }

    private void array(JsonGenerator json, List<Feed.Entry> entries, View view) throws IOException {
        json.writeStartArray();
        for (Feed.Entry entry : entries) {
            feed.write(json, entry, view);
        }
        json.writeEndArray();
    }
}
