package dev.galley.bookstore.list;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers a request with a page of a listing. */
record PageWriter(ListRequest request, Listing listing) {
    private static final String LIMIT = "limit";

    Answer answer(PagingStyle paging) {
        return switch (paging) {
            case WHOLE -> plain(intercepted(listing.at(0, Integer.MAX_VALUE)), Map.of());
            case PAGE, FLAG -> numbered(paging);
            case OFFSET -> byOffset();
            case LINK, BODY, HEADER, NEXT_URL -> byCursor(paging);
            case KEYSET -> inData(intercepted(listing.afterKey(request.limit(LIMIT))), (json, slice) -> {});
        };
    }

    private interface Rest {
        void write(JsonGenerator json, Listing.Slice slice) throws IOException;
    }

    private Answer numbered(PagingStyle paging) {
        int size = request.limit("per_page");
        long start = (request.number("page", 1, 1) - 1) * size;
        Listing.Slice slice = intercepted(listing.at(request.interceptor().start(start), size));
        return paging == PagingStyle.PAGE
                ? plain(slice, Map.of("X-Total-Count", Long.toString(total(start + size))))
                : inData(
                        slice,
                        (json, page) ->
                                json.writeBooleanField("has_more", page.next().isPresent()));
    }

    private Answer byOffset() {
        int size = request.limit(LIMIT);
        long start = request.number("offset", 0, 0);
        Listing.Slice slice = intercepted(listing.at(request.interceptor().start(start), size));
        return inData(slice, (json, page) -> json.writeNumberField("total", total(start + size)));
    }

    private Answer byCursor(PagingStyle paging) {
        int limit = request.limit(LIMIT);
        Listing.Slice slice = intercepted(listing.after(request.text("cursor"), limit));
        Optional<String> url = slice.next()
                .map(cursor -> request.url() + "?limit=" + limit + "&cursor=" + cursor
                        + request.text("style").map(style -> "&style=" + style).orElse(""));
        return switch (paging) {
            case LINK ->
                plain(
                        slice,
                        url.map(next -> Map.of("Link", "<" + next + ">; rel=\"next\""))
                                .orElse(Map.of()));
            case HEADER ->
                plain(
                        slice,
                        slice.next().map(next -> Map.of("X-Next-Cursor", next)).orElse(Map.of()));
            case NEXT_URL -> inData(slice, (json, page) -> JsonFields.text(json, "next", url));
            default -> inData(slice, (json, page) -> JsonFields.text(json, "next_cursor", page.next()));
        };
    }

    private Listing.Slice intercepted(Listing.Slice slice) {
        return request.interceptor().slice(slice, request.text("cursor"));
    }

    private long total(long end) {
        return request.interceptor().total(listing.total(), end);
    }

    private static Answer plain(Listing.Slice slice, Map<String, String> headers) {
        return Answer.of(headers, json -> array(json, slice.records()));
    }

    private static Answer inData(Listing.Slice slice, Rest rest) {
        return Answer.of(json -> {
            json.writeStartObject();
            json.writeFieldName("data");
            array(json, slice.records());
            rest.write(json, slice);
            json.writeEndObject();
        });
    }

    private static void array(JsonGenerator json, List<Answer.Writer> records) throws IOException {
        json.writeStartArray();
        for (Answer.Writer record : records) {
            record.write(json);
        }
        json.writeEndArray();
    }
}
