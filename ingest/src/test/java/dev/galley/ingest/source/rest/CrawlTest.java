package dev.galley.ingest.source.rest;

import static dev.galley.ingest.Declared.list;
import static dev.galley.ingest.Declared.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.Pagination.CursorEnd;
import dev.galley.definition.source.Pagination.End;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every style of pagination on a real socket: no record skipped, none twice, and no way to be led astray. */
class CrawlTest {
    private static final Resource PAGES = resource(
            "books",
            "",
            Declared.page("page", Declared.size("per_page", 10), Optional.of("X-Total-Count"), Optional.empty()));
    static final Resource FLAGGED = resource(
            "books",
            "/data",
            Declared.page("page", Declared.size("per_page", 10), Optional.empty(), Optional.of("/has_more")));
    private static final Resource PLAIN_PAGES = resource(
            "books", "", Declared.page("page", Declared.size("per_page", 10), Optional.empty(), Optional.empty()));
    static final Resource OFFSETS =
            resource("books", "/data", Declared.offset("offset", Declared.size("limit", 10), Optional.of("/total")));
    private static final Resource PLAIN_OFFSETS =
            resource("books", "/data", Declared.offset("offset", Declared.size("limit", 10), Optional.empty()));
    private static final Resource LINKS = resource("books", "", new Pagination.LinkHeader(Declared.size("limit", 10)));
    static final Resource CURSORS =
            resource("books", "/data", Declared.cursor("cursor", "/next", Declared.size("limit", 10)));
    private static final Resource KEYSETS = resource(
            "books", "/data", Declared.keyset("updated_since", "at", "after_id", "id", Declared.size("limit", 10)));

    private static final Resource HEADER_CURSORS = resource(
            "books",
            "",
            new Pagination.HeaderCursor(
                    "cursor", "X-Next-Cursor", Declared.size("limit", 10), Optional.empty(), CursorEnd.MISSING_CURSOR));
    private static final Resource NEXT_URLS =
            resource("books", "/data", new Pagination.NextUrl("/links/next", Declared.size("limit", 10)));
    private static final Resource POSITIONS = resource(
            "books",
            "/data",
            new Pagination.Position("after", "id", Declared.size("limit", 10), Optional.empty(), End.EMPTY_PAGE));
    static final Resource FLAGGED_POSITIONS = resource(
            "books",
            "/data",
            new Pagination.Position("after", "id", Declared.size("limit", 10), Optional.of("/more"), End.EMPTY_PAGE));
    private static final Resource TOTAL_IN_BODY = resource(
            "books",
            "/data",
            new Pagination.Page(
                    "page",
                    Optional.empty(),
                    Declared.size("per_page", 10),
                    Optional.empty(),
                    Optional.of("/total"),
                    Optional.empty(),
                    End.EMPTY_PAGE));
    private static final Resource TOTAL_IN_HEADER = resource(
            "books",
            "",
            new Pagination.Offset(
                    "offset",
                    0,
                    Declared.size("limit", 10),
                    Optional.of("X-Total"),
                    Optional.empty(),
                    Optional.empty(),
                    End.EMPTY_PAGE));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 20, 95})
    void everyStyleBringsEveryRecordOnce(int total) {
        assertBrings(
                total,
                PAGES,
                r -> Answer.json(array(total, 10 * (r.number("page", 1) - 1), 10))
                        .with("X-Total-Count", String.valueOf(total)));
        assertBrings(
                total,
                FLAGGED,
                r -> Answer.json("{\"has_more\":" + (r.number("page", 1) * 10 < total) + ",\"data\":"
                        + array(total, 10 * (r.number("page", 1) - 1), 10) + "}"));
        assertBrings(total, PLAIN_PAGES, r -> Answer.json(array(total, 10 * (r.number("page", 1) - 1), 10)));
        assertBrings(
                total,
                OFFSETS,
                r -> Answer.json("{\"data\":" + array(total, r.number("offset", 0), 10) + ",\"total\":" + total + "}"));
        assertBrings(
                total, PLAIN_OFFSETS, r -> Answer.json("{\"data\":" + array(total, r.number("offset", 0), 10) + "}"));
        assertBrings(total, LINKS, r -> links(r, total));
        assertBrings(total, CURSORS, r -> cursors(r.number("cursor", 0), total));
        assertBrings(total, Declared.posted(CURSORS), r -> cursors(postedCursor(r), total));
        assertBrings(total, KEYSETS, r -> keysets(r, total));
        assertBrings(total, HEADER_CURSORS, r -> {
            String next = r.number("cursor", 0) + 10 < total ? String.valueOf(r.number("cursor", 0) + 10) : "";
            return Answer.json(array(total, r.number("cursor", 0), 10)).with("X-Next-Cursor", next);
        });
        assertBrings(total, NEXT_URLS, r -> {
            int next = r.number("from", 0) + 10;
            String url = "\"http://" + r.headers().get("Host") + "/v1/books?limit=10&from=" + next + "\"";
            return Answer.json("{\"data\":" + array(total, r.number("from", 0), 10) + ",\"links\":{\"next\":"
                    + (next < total ? url : "null") + "}}");
        });
        assertBrings(
                total, POSITIONS, r -> Answer.json("{\"data\":" + array(total, r.number("after", -1) + 1, 10) + "}"));
        assertBrings(
                total,
                FLAGGED_POSITIONS,
                r -> Answer.json("{\"data\":" + array(total, r.number("after", -1) + 1, 10) + ",\"more\":"
                        + (r.number("after", -1) + 11 < total) + "}"));
        assertBrings(
                total,
                TOTAL_IN_BODY,
                r -> Answer.json(
                        "{\"data\":" + array(total, 10 * (r.number("page", 1) - 1), 10) + ",\"total\":" + total + "}"));
        assertBrings(
                total,
                TOTAL_IN_HEADER,
                r -> Answer.json(array(total, r.number("offset", 0), 10)).with("X-Total", String.valueOf(total)));
    }

    @Test
    void postsParametersIntoTheDeclaredBody() {
        Resource search = Declared.posted(
                resource("books", "/data", Declared.cursor("page.cursor", "/next", Declared.size("page.limit", 10))),
                Optional.of("{\"filter\":{\"state\":[\"open\"]},\"page\":{\"sort\":\"id\"}}"));
        try (ScriptedSource server = new ScriptedSource(r -> cursors(postedCursor(r), 11))) {
            assertThat(crawl(server, search)).hasSize(11);

            assertThat(server.requests())
                    .extracting(Request::body)
                    .containsExactly(
                            "{\"filter\":{\"state\":[\"open\"]},\"page\":{\"sort\":\"id\",\"limit\":10}}",
                            "{\"filter\":{\"state\":[\"open\"]},\"page\":{\"sort\":\"id\",\"cursor\":\"10\",\"limit\":10}}");
        }
    }

    @Test
    void aSourceThatServesSmallerPagesThanAskedLosesNothing() {
        assertBrings(23, 4, PLAIN_PAGES, r -> Answer.json(array(23, 4 * (r.number("page", 1) - 1), 4)));
        assertBrings(23, 4, PLAIN_OFFSETS, r -> Answer.json("{\"data\":" + array(23, r.number("offset", 0), 4) + "}"));
        assertBrings(
                23,
                4,
                OFFSETS,
                r -> Answer.json("{\"data\":" + array(23, r.number("offset", 0), 4) + ",\"total\":23}"));
    }

    @Test
    void asksForWhatIsDeclared() {
        try (ScriptedSource server = new ScriptedSource(r -> links(r, 11))) {
            crawl(server, LINKS);

            assertThat(server.asked()).containsExactly("/v1/books?limit=10", "/v1/books?from=10&limit=10");
            assertThat(server.requests().get(0).headers())
                    .containsEntry("X-api-key", "canary-4711")
                    .containsEntry("Accept-encoding", "gzip");
        }
    }

    @Test
    void postsParametersAsJson() {
        try (ScriptedSource server = new ScriptedSource(r -> cursors(postedCursor(r), 11))) {
            crawl(server, Declared.posted(CURSORS));

            assertThat(server.requests())
                    .extracting(r -> r.method() + " " + r.body())
                    .containsExactly("POST {\"limit\":10}", "POST {\"cursor\":\"10\",\"limit\":10}");
        }
    }

    @Test
    void aCursorThatLeadsInACircleIsAnError() {
        assertFails(CURSORS, r -> cursors(0, 50, "7"), Kind.PAGE_REPEATED, "shop.books page 2", "repeats itself");
        assertFails(
                CURSORS,
                r -> Answer.json("{\"data\":[" + r.number() + "],\"next\":\"7\"}"),
                Kind.CURSOR_LOOP,
                "Cannot fetch shop.books page 3 (GET /v1/books?cursor=7&limit=10)",
                "in a circle");
        assertFails(
                LINKS,
                r -> Answer.json("[" + r.number() + "]").with("Link", "</v1/books?limit=10>; rel=\"next\""),
                Kind.CURSOR_LOOP,
                "page 2");
    }

    @Test
    void pagesThatEndBeforeTheTotalAreAnError() {
        assertFails(
                OFFSETS,
                r -> Answer.json("{\"data\":" + array(15, r.number("offset", 0), 10) + ",\"total\":17}"),
                Kind.INCOMPLETE,
                "says there are 17 records, but its pages ended after 15");
    }

    @Test
    void aMissingSignOfTheEndIsAnError() {
        assertFails(PAGES, r -> Answer.json("[1]"), Kind.WRONG_SHAPE, "header X-Total-Count", "missing");
        assertFails(OFFSETS, r -> Answer.json("{\"data\":[1]}"), Kind.WRONG_SHAPE, "/total", "missing");
        assertFails(FLAGGED, r -> Answer.json("{\"data\":[1],\"has_more\":\"?\"}"), Kind.WRONG_SHAPE, "/has_more");
        assertFails(KEYSETS, r -> Answer.json("{\"data\":[{\"id\":1}]}"), Kind.WRONG_SHAPE, "no usable at");
        assertFails(KEYSETS, r -> Answer.json("{\"data\":[7]}"), Kind.WRONG_SHAPE, "no usable at");
    }

    @Test
    void endlessPagesAreBounded() {
        assertFails(
                PLAIN_PAGES,
                r -> Answer.json("[" + r.number() + "]"),
                Kind.TOO_LARGE,
                "page 1001",
                "more than 1000 pages");
    }

    @Test
    void credentialsNeverFollowALinkToAnotherPlace() {
        try (ScriptedSource other = new ScriptedSource(r -> Answer.json("[]"))) {
            for (String target : List.of(other.url() + "/v1/books", "http://169.254.169.254/", "//example.org/x")) {
                assertFails(
                        LINKS,
                        r -> Answer.json("[1]").with("Link", "<" + target + ">; rel=next"),
                        Kind.FOREIGN_LINK,
                        "which is not the source");
            }
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void redirectsAreNotFollowed() {
        try (ScriptedSource other = new ScriptedSource(r -> Answer.json("[]"))) {
            assertFails(
                    list("books"),
                    r -> Answer.status(302).with("Location", other.url().toString()),
                    Kind.REFUSED,
                    "302 (a redirect)",
                    "base_url");
            assertThat(other.requests()).isEmpty();
        }
    }

    private static void assertBrings(int total, Resource resource, Function<Request, Answer> script) {
        assertBrings(total, 10, resource, script);
    }

    private static void assertBrings(int total, int size, Resource resource, Function<Request, Answer> script) {
        try (ScriptedSource server = new ScriptedSource(script)) {
            List<Long> ids = crawl(server, resource).stream()
                    .map(text -> Long.parseLong(text.replaceAll(".*\"id\":(\\d+).*", "$1")))
                    .toList();
            assertThat(ids)
                    .as("%s of %d", resource.pagination(), total)
                    .isEqualTo(LongStream.range(0, total).boxed().toList());
            assertThat(server.requests())
                    .as("%s of %d: each page once, and at most one beyond", resource.pagination(), total)
                    .hasSizeLessThanOrEqualTo((total + size - 1) / size + 1)
                    .extracting(r -> r.method() + r.path() + r.query() + r.body())
                    .doesNotHaveDuplicates();
        }
    }

    static void assertFails(Resource resource, Function<Request, Answer> script, Kind kind, String... message) {
        try (ScriptedSource server = new ScriptedSource(script)) {
            assertThatThrownBy(() -> crawl(server, resource))
                    .hasMessageContainingAll(message)
                    .hasMessageNotContaining("canary")
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
        }
    }

    static List<String> crawl(ScriptedSource server, Resource resource) {
        List<String> texts = new ArrayList<>();
        try (RestSourceReader reader =
                new RestSourceReader(Declared.source(server.url(), resource), Clock.systemUTC())) {
            Crawl crawl = reader.crawl(
                    resource.name(),
                    new CrawlStart(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
            for (Optional<ReceivedPage> page = crawl.next(); page.isPresent(); page = crawl.next()) {
                page.orElseThrow()
                        .records()
                        .forEach(r -> texts.add(new String(r.body(), r.from(), r.length(), StandardCharsets.UTF_8)));
            }
        }
        return texts;
    }

    private static Answer links(Request r, int total) {
        int from = r.number("from", 0);
        Answer answer = Answer.json(array(total, from, 10));
        String next = "/v1/books?from=" + (from + 10) + "&limit=10";
        return from + 10 < total
                ? answer.with("Link", "</v1/books>; rel=\"first\", <" + next + ">; title=\"a, b\"; rel=\"next last\"")
                : answer.with("Link", "</v1/books?from=0>; rel=\"prev\"");
    }

    static Answer cursors(int from, int total) {
        return cursors(from, total, from + 10 < total ? String.valueOf(from + 10) : "");
    }

    static Answer cursors(int from, int total, String next) {
        return Answer.json("{\"data\":" + array(total, from, 10) + ",\"next\":"
                + (next.isEmpty() ? "null" : "\"" + next + "\"") + "}");
    }

    private static int postedCursor(Request r) {
        return Integer.parseInt(
                r.body().contains("cursor") ? r.body().replaceAll(".*\"cursor\":\"(\\d+)\".*", "$1") : "0");
    }

    /** Three records share each instant, so that the id must break ties. */
    static Answer keysets(Request r, int total) {
        String since = r.query().getOrDefault("updated_since", "");
        long after = r.number("after_id", -1);
        return Answer.json(IntStream.range(0, total)
                .filter(i -> at(i).compareTo(since) > 0 || (at(i).equals(since) && i > after))
                .limit(10)
                .mapToObj(CrawlTest::record)
                .collect(Collectors.joining(",", "{\"data\":[", "]}")));
    }

    private static String at(int i) {
        return String.format("2026-01-01T00:%02d:00Z", i / 3);
    }

    private static String record(int i) {
        return "{\"at\":\"" + at(i) + "\",\"id\":" + i + "}";
    }

    static String array(int total, int from, int limit) {
        return IntStream.range(from, Math.max(from, Math.min(total, from + limit)))
                .mapToObj(CrawlTest::record)
                .collect(Collectors.joining(",", "[", "]"));
    }
}
