package dev.galley.ingest.source.rest;

import static dev.galley.ingest.Declared.resource;
import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static dev.galley.ingest.source.rest.Crawling.numbers;
import static dev.galley.ingest.source.rest.Crawling.rest;
import static dev.galley.ingest.source.rest.Crawling.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.Pagination.CursorEnd;
import dev.galley.definition.source.Pagination.End;
import dev.galley.definition.source.RestSource.ByPosition;
import dev.galley.definition.source.RestSource.Incremental;
import dev.galley.definition.source.RestSource.Incremental.Unit;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A crawl that was broken off goes on with the page after the last one, and asks for nothing twice. */
class ContinueTest {
    private static final int TOTAL = 23;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private static final Resource PAGES = resource(
            "books", "", Declared.page("page", Declared.size("n", 5), Optional.of("X-Total"), Optional.empty()));
    private static final Resource OFFSETS =
            resource("books", "/data", Declared.offset("offset", Declared.size("n", 5), Optional.of("/total")));
    private static final Resource LINKS = resource("books", "", new Pagination.LinkHeader(Declared.size("n", 5)));
    private static final Resource URLS =
            resource("books", "/data", new Pagination.NextUrl("/next", Declared.size("n", 5)));
    private static final Resource CURSORS =
            resource("books", "/data", Declared.cursor("from", "/next", Declared.size("n", 5)));
    private static final Resource HEADERS = resource(
            "books",
            "",
            new Pagination.HeaderCursor(
                    "from", "X-Next", Declared.size("n", 5), Optional.empty(), CursorEnd.MISSING_CURSOR));
    private static final Resource KEYSETS = resource(
            "books",
            "/data",
            new Pagination.Keyset("updated_since", "at", "after_id", "id", Declared.size("n", 5), End.SHORT_PAGE));
    private static final Resource FEED = Declared.incremental(
            resource(
                    "books",
                    "/data",
                    new Pagination.Position("after", "id", Declared.size("n", 5), Optional.empty(), End.SHORT_PAGE)),
            new ByPosition());

    @Test
    void everyStyleGoesOnAfterAnyPage() {
        assertGoesOn(
                PAGES,
                r -> Answer.json(numbers(TOTAL, 5 * (r.number("page", 1) - 1), 5))
                        .with("X-Total", String.valueOf(TOTAL)));
        assertGoesOn(
                OFFSETS,
                r -> Answer.json(
                        "{\"data\":" + numbers(TOTAL, r.number("offset", 0), 5) + ",\"total\":" + TOTAL + "}"));
        assertGoesOn(
                LINKS,
                r -> next(r) == 0
                        ? Answer.json(numbers(TOTAL, r.number("from", 0), 5))
                        : Answer.json(numbers(TOTAL, r.number("from", 0), 5))
                                .with("Link", "</v1/books?from=" + next(r) + "&n=5>; rel=\"next\""));
        assertGoesOn(URLS, r -> body(r, "\"http://" + r.headers().get("Host") + "/v1/books?from=" + next(r) + "\""));
        assertGoesOn(CURSORS, r -> body(r, "\"" + next(r) + "\""));
        assertGoesOn(Declared.posted(CURSORS, Optional.of("{\"a\":{\"b\":1}}")), r -> {
            Request asked = withPostedCursor(r);
            return body(asked, "\"" + next(asked) + "\"");
        });
        assertGoesOn(
                HEADERS,
                r -> next(r) == 0
                        ? Answer.json(numbers(TOTAL, r.number("from", 0), 5))
                        : Answer.json(numbers(TOTAL, r.number("from", 0), 5)).with("X-Next", "" + next(r)));
    }

    /** Meanwhile records may have gone from the list, and others moved up. */
    @Test
    void aPlaceThatIsCountedIsNotGoneOnFromAfterAWhile() {
        Function<Request, Answer> script =
                r -> Answer.json("{\"data\":" + numbers(TOTAL, r.number("offset", r.number("from", 0)), 5)
                        + ",\"total\":" + TOTAL + ",\"next\":\"" + (r.number("from", 0) + 5) + "\"}");
        try (ScriptedSource server = new ScriptedSource(script)) {
            Crawl counted = crawl(server, OFFSETS, ANEW, CLOCK);
            counted.next();
            CrawlStart place = at(counted, Optional.empty());
            assertStale(() -> crawl(server, OFFSETS, place, Clock.offset(CLOCK, Duration.ofMinutes(15))));
            assertThat(rest(crawl(server, OFFSETS, place, Clock.offset(CLOCK, Duration.ofMinutes(14)))))
                    .hasSize(TOTAL - 5);

            Crawl named = crawl(server, CURSORS, ANEW, CLOCK);
            named.next();
            assertThat(crawl(server, CURSORS, at(named, Optional.empty()), Clock.offset(CLOCK, Duration.ofDays(1)))
                            .next())
                    .isPresent();
        }
    }

    @Test
    void aListThatShrankMeanwhileIsRefused() {
        try (ScriptedSource server = new ScriptedSource(r -> Answer.json("{\"data\":"
                + numbers(TOTAL, r.number("offset", 0), 5) + ",\"total\":" + (TOTAL + 1 - r.number()) + "}"))) {
            Crawl first = crawl(server, OFFSETS, ANEW, CLOCK);
            first.next();
            Crawl second = crawl(server, OFFSETS, at(first, Optional.empty()), CLOCK);
            assertThatThrownBy(second::next).hasMessageContaining("said there are 23 records, and now 22");
        }
    }

    /** As it stood in the record, text or number, into the body of a POST. */
    @Test
    void positionsKeepTheirType() {
        Resource posted = Declared.posted(FEED);
        for (String position : List.of("7", "\"7\"", "\"x7\"", "\"\\\"7\"")) {
            try (ScriptedSource server =
                    new ScriptedSource(r -> Answer.json("{\"data\":[{\"id\":" + position + "}]}"))) {
                Crawl first = crawl(server, posted, ANEW, CLOCK);
                first.next();
                crawl(
                                server,
                                posted,
                                new CrawlStart(first.cursorTo(), Optional.empty(), Optional.empty(), Optional.empty()),
                                CLOCK)
                        .next();
                assertThat(server.requests().get(1).body()).isEqualTo("{\"after\":" + position + ",\"n\":5}");
            }
        }
    }

    @Test
    void aWindowStaysWhatItWas() {
        Resource declared = Declared.incremental(KEYSETS, Declared.updatedSince(Duration.ZERO));
        try (ScriptedSource server =
                new ScriptedSource(r -> keysets(r).with("X-Server-Time", "2026-03-01T10:00:00Z"))) {
            Crawl first = crawl(server, declared, ANEW, CLOCK);
            first.next();
            server.script(r -> keysets(r).with("X-Server-Time", "2026-03-01T11:00:00Z"));

            Crawl second = crawl(server, declared, at(first, Optional.empty()), CLOCK);

            assertThat(second.cursorTo()).contains("2026-03-01T10:00:00Z");
            assertThat(rest(second)).hasSize(TOTAL - 5);
            assertThat(second.cursorTo()).contains("2026-03-01T10:00:00Z");
            assertThat(second.watermark()).contains(Instant.parse("2026-03-01T10:00:00Z"));
            assertThat(server.requests()).hasSize(5);
        }
    }

    @Test
    void aFeedOfPositionsGoesOn() {
        try (ScriptedSource server = new ScriptedSource(ContinueTest::keysets)) {
            CrawlStart start = Crawling.startAt("position:4");
            Crawl first = crawl(server, FEED, start, CLOCK);
            first.next();
            first.next();

            Crawl second = crawl(server, FEED, at(first, start.cursor()), CLOCK);

            assertThat(rest(second)).hasSize(8);
            assertThat(second.cursorTo()).contains("position:22");
            assertThat(server.asked())
                    .containsExactly(
                            "/v1/books?after=4&n=5",
                            "/v1/books?after=9&n=5",
                            "/v1/books?after=14&n=5",
                            "/v1/books?after=19&n=5");
        }
    }

    @Test
    void aLongWindowGoesOnWithItsNextPiece() {
        Resource declared = Declared.incremental(
                Declared.list("rates"),
                new Incremental(
                        "from",
                        "X-Server-Time",
                        Duration.ZERO,
                        Optional.of("to"),
                        Optional.of(Duration.ofDays(10)),
                        Optional.of("2026-02-01"),
                        Unit.DATE));
        try (ScriptedSource server = new ScriptedSource(r ->
                Answer.json("[\"" + r.query().get("from") + "\"]").with("X-Server-Time", "2026-03-01T00:00:00Z"))) {
            Crawl first = crawl(server, declared, ANEW, CLOCK);
            first.next();

            Crawl second = crawl(server, declared, at(first, Optional.empty()), CLOCK);

            assertThat(rest(second)).containsExactly("\"2026-02-11\"", "\"2026-02-21\"");
            assertThat(second.checkpoint()).isEmpty();
            assertThat(server.asked())
                    .containsExactly(
                            "/v1/rates?from=2026-02-01&to=2026-02-11",
                            "/v1/rates?from=2026-02-11&to=2026-02-21",
                            "/v1/rates?from=2026-02-21&to=2026-03-01");
        }
    }

    @Test
    void aCheckpointFitsItsOwnStartAndDeclarationOnly() {
        try (ScriptedSource server = new ScriptedSource(r -> body(r, "\"" + next(r) + "\""))) {
            Crawl first = crawl(server, CURSORS, Crawling.startAt("a"), CLOCK);
            first.next();
            CrawlStart start = at(first, Optional.of("a"));

            assertStale(() -> crawl(server, CURSORS, at(first, Optional.of("b")), CLOCK));
            assertStale(() -> crawl(server, Declared.posted(CURSORS), start, CLOCK));
            assertStale(() -> crawl(
                    server,
                    CURSORS,
                    new CrawlStart(
                            Optional.of("a"), Optional.of("{\"version\":2}"), Optional.empty(), Optional.empty()),
                    CLOCK));
            assertThat(rest(crawl(server, CURSORS, start, CLOCK))).hasSize(TOTAL - 5);
        }
    }

    @Test
    void aCursorThatTheSourceForgotMeansToBeginAnew() {
        try (ScriptedSource server = new ScriptedSource(r -> body(r, "\"" + next(r) + "\""))) {
            Crawl first = crawl(server, CURSORS, ANEW, CLOCK);
            first.next();
            server.script(r -> Answer.status(410));

            Crawl second = crawl(server, CURSORS, at(first, Optional.empty()), CLOCK);

            assertStale(second::next);
        }
    }

    @Test
    void aCircleIsNoticedAcrossTheBreak() {
        try (ScriptedSource server = new ScriptedSource(
                r -> Answer.json("{\"data\":[" + r.number() + "],\"next\":\"" + r.number() % 3 + "\"}"))) {
            Crawl first = crawl(server, CURSORS, ANEW, CLOCK);
            first.next();
            first.next();
            first.next();
            Crawl second = crawl(server, CURSORS, at(first, Optional.empty()), CLOCK);
            second.next();

            assertThatThrownBy(second::next)
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CURSOR_LOOP));
        }
    }

    /** Another version of Galley may have written it. */
    @Test
    void aCheckpointIsWrittenAsItAlwaysWas() {
        Resource window = Declared.incremental(KEYSETS, Declared.updatedSince(Duration.ZERO));
        try (ScriptedSource server =
                new ScriptedSource(r -> keysets(r).with("X-Server-Time", "2026-03-01T10:00:00Z"))) {
            assertThat(written(server, window, ANEW)).isEqualTo("""
                    {"version":2,"fits":"f","pages":2,"watermark":"2026-03-01T10:00:00Z","step":{"over":false,\
                    "set":{"after_id":"9","n":"5","updated_since":"\\"2026-01-01T00:00:00Z\\""},\
                    "records":10,"empty":0,"requested":[m,m],"received":[m,m],"had":"h"}}""");
            assertThat(written(server, FEED, Crawling.startAt("position:4"))).isEqualTo("""
                    {"version":2,"fits":"f","pages":2,"cursor":"position:14","step":{"over":false,\
                    "set":{"after":"14","n":"5"},"records":10,"empty":0,"requested":[m,m],"received":[m,m],"had":"h"}}""");
            server.script(r ->
                    Answer.json("{\"data\":" + numbers(TOTAL, r.number("offset", 0), 5) + ",\"total\":" + TOTAL + "}"));
            assertThat(written(server, OFFSETS, ANEW)).isEqualTo("""
                    {"version":2,"fits":"f","pages":2,"step":{"over":false,"set":{"n":"5","offset":"10"},\
                    "records":10,"empty":0,"requested":[m,m],"received":[m,m],"total":23,"had":"h"}}""");
            server.script(r -> Answer.json(numbers(TOTAL, r.number("from", 0), 5))
                    .with("Link", "</v1/books?from=" + next(r) + ">; rel=next"));
            assertThat(written(server, LINKS, ANEW)).isEqualTo("""
                    {"version":2,"fits":"f","pages":2,"step":{"over":false,"at":"/v1/books?from=10",\
                    "set":{},"records":10,"empty":0,"requested":[m,m],"received":[m,m],"had":"h"}}""");
        }
    }

    /** After two pages. */
    private static String written(ScriptedSource server, Resource declared, CrawlStart start) {
        Crawl crawl = crawl(server, declared, start, CLOCK);
        crawl.next();
        crawl.next();
        return Crawling.written(crawl);
    }

    @Test
    void aCheckpointHoldsNoSecret() {
        try (ScriptedSource server =
                new ScriptedSource(r -> Answer.json("[1]").with("Link", "</v1/books?key=canary-4711>; rel=next"))) {
            Crawl crawl = crawl(server, LINKS, ANEW, CLOCK);
            crawl.next();

            assertThat(crawl.checkpoint())
                    .as("the source repeats our key in its link")
                    .isEmpty();
        }
    }

    @Test
    void thereIsNoCheckpointBeforeTheFirstPageAndAfterTheLast() {
        try (ScriptedSource server = new ScriptedSource(r -> Answer.json("[1]"))) {
            Crawl crawl = crawl(server, Declared.list("books"), ANEW, CLOCK);

            assertThat(crawl.checkpoint()).isEmpty();
            crawl.next();
            assertThat(crawl.checkpoint()).isEmpty();
        }
    }

    private static void assertGoesOn(Resource declared, Function<Request, Answer> script) {
        for (int pages = 1; pages < 5; pages++) {
            try (ScriptedSource server = new ScriptedSource(script)) {
                List<String> all = new ArrayList<>();
                Crawl first = crawl(server, declared, ANEW, CLOCK);
                for (int page = 0; page < pages; page++) {
                    all.addAll(texts(first.next().orElseThrow()));
                }
                assertThat(first.checkpoint().orElseThrow()).doesNotContain("\n", "canary");

                Crawl second = crawl(server, declared, at(first, Optional.empty()), CLOCK);
                ReceivedPage next = second.next().orElseThrow();
                assertThat(next.number()).isEqualTo(pages + 1);
                all.addAll(texts(next));
                all.addAll(rest(second));

                assertThat(all)
                        .as("%s after page %d", declared.pagination(), pages)
                        .isEqualTo(numbers(TOTAL));
                assertThat(server.requests())
                        .as("%s after page %d", declared.pagination(), pages)
                        .hasSize(5);
            }
        }
    }

    private static void assertStale(Runnable attempt) {
        assertThatThrownBy(attempt::run)
                .hasMessageContainingAll("Cannot fetch shop.books", "begin anew")
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STALE_CHECKPOINT));
    }

    private static CrawlStart at(Crawl crawl, Optional<String> cursor) {
        return new CrawlStart(cursor, crawl.checkpoint(), Optional.empty(), Optional.empty());
    }

    private static Crawl crawl(ScriptedSource server, Resource declared, CrawlStart start, Clock clock) {
        return new RestSourceReader(Declared.source(server.url(), declared), clock).crawl(declared.name(), start);
    }

    /** 0 after the last page. */
    private static int next(Request r) {
        int next = r.number("from", 0) + 5;
        return next < TOTAL ? next : 0;
    }

    private static Answer body(Request r, String next) {
        return Answer.json("{\"data\":" + numbers(TOTAL, r.number("from", 0), 5) + ",\"next\":"
                + (next(r) == 0 ? "null" : next) + "}");
    }

    private static Request withPostedCursor(Request r) {
        String from = r.body().contains("from") ? r.body().replaceAll(".*\"from\":\"(\\d+)\".*", "$1") : "0";
        return new Request(r.number(), r.method(), r.path(), Map.of("from", from), r.body(), r.headers());
    }

    private static Answer keysets(Request r) {
        int from = Math.max(r.number("after_id", -1), r.number("after", -1)) + 1;
        StringBuilder records = new StringBuilder();
        for (int id = from; id < Math.min(TOTAL, from + 5); id++) {
            records.append(records.isEmpty() ? "" : ",").append("{\"id\":" + id + ",\"at\":\"2026-01-01T00:00:00Z\"}");
        }
        return Answer.json("{\"data\":[" + records + "]}");
    }
}
