package dev.galley.bookstore.list;

import java.util.Map;
import java.util.Optional;

/** Answers a request with a page of a source. */
record PageWriter(ListRequest request, PageSource source) {
    private static final String LIMIT = "limit";

    Answer answer(PagingStyle paging) {
        return switch (paging) {
            case WHOLE -> plain(intercepted(source.at(0, Integer.MAX_VALUE)), Map.of());
            case PAGE, FLAG -> numbered(paging);
            case OFFSET -> byOffset();
            case LINK, BODY, HEADER, NEXT_URL -> byCursor(paging);
            case KEYSET -> inData(intercepted(source.afterKey(request.limit(LIMIT))), json -> {});
        };
    }

    private Answer numbered(PagingStyle paging) {
        int size = request.limit("per_page");
        long start = (request.number("page", 1, 1) - 1) * size;
        PageSource.Slice slice = intercepted(source.at(request.interceptor().start(start), size));
        return paging == PagingStyle.PAGE
                ? plain(slice, Map.of("X-Total-Count", Long.toString(total(start + size))))
                : inData(slice, json -> json.flag("has_more", slice.next().isPresent()));
    }

    private Answer byOffset() {
        int size = request.limit(LIMIT);
        long start = request.number("offset", 0, 0);
        PageSource.Slice slice = intercepted(source.at(request.interceptor().start(start), size));
        return inData(slice, json -> json.number("total", total(start + size)));
    }

    private Answer byCursor(PagingStyle paging) {
        int limit = request.limit(LIMIT);
        PageSource.Slice slice = intercepted(source.after(request.text("cursor"), limit));
        Optional<String> url = slice.next()
                .map(cursor -> request.url() + "?limit=" + limit + "&cursor=" + cursor
                        + request.text("style").map(style -> "&style=" + style).orElse(""));
        return switch (paging) {
            case LINK -> plain(slice, header("Link", url.map(next -> "<" + next + ">; rel=\"next\"")));
            case HEADER -> plain(slice, header("X-Next-Cursor", slice.next()));
            case NEXT_URL -> inData(slice, json -> json.text("next", url));
            default -> inData(slice, json -> json.text("next_cursor", slice.next()));
        };
    }

    private static Map<String, String> header(String name, Optional<String> value) {
        return value.map(text -> Map.of(name, text)).orElse(Map.of());
    }

    private PageSource.Slice intercepted(PageSource.Slice slice) {
        return request.interceptor().slice(slice, request.text("cursor"));
    }

    private long total(long end) {
        return request.interceptor().total(source.total(), end);
    }

    private static Answer plain(PageSource.Slice slice, Map<String, String> headers) {
        return Answer.of(headers, slice.records());
    }

    private static Answer inData(PageSource.Slice slice, JsonWriter.Fields rest) {
        return Answer.of(json -> rest.write(json.array("data", slice.records())));
    }
}
