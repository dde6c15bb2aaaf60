package dev.galley.ingest.source.rest;

import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static dev.galley.ingest.source.rest.Crawling.rest;
import static dev.galley.ingest.source.rest.Crawling.startAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.Pagination.End;
import dev.galley.definition.source.ResponseRule;
import dev.galley.definition.source.ResponseRule.Action;
import dev.galley.definition.source.RestSource.ByEtag;
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
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.landing.Manifest.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a crawl asks for so that it gets what is new, and the cursor that follows. The clock here says 12:00 on 1 March 2026. */
class CursorTrackerTest {
    private static final Resource SINCE =
            Declared.incremental(Declared.list("books"), Declared.updatedSince(Duration.ofMinutes(15)));
    private static final Resource WINDOW = dates(Optional.empty());
    private static final Resource LIST = Declared.incremental(Declared.list("books"), new ByEtag());
    private static final Resource FEED = Declared.incremental(
            Declared.resource(
                    "books",
                    "",
                    new Pagination.Position(
                            "after", "seq", Declared.size("limit", 2), Optional.empty(), End.SHORT_PAGE)),
            new ByPosition());
    private static final String ETAG_CURSOR =
            "sha256:a6e2b7a040683432de03a18fd8a1939a2fdf82585b364bfc874bdd4095c4cae1;etag=\"v1\"";

    @Test
    void aCursorLessTheLookbackIsAskedFor() {
        try (ScriptedSource server = clocked("2026-03-01T12:00:05Z")) {
            Crawl crawl = crawl(server, SINCE, startAt("2026-02-28T10:00:00Z"));

            assertThat(rest(crawl)).containsExactly("1");
            assertThat(crawl.window()).isEqualTo(new Window(Optional.of("2026-02-28T09:45:00Z"), Optional.empty()));
            assertThat(crawl.cursorTo()).contains("2026-03-01T12:00:05Z");
            assertThat(server.asked()).containsExactly("/v1/books?updated_since=2026-02-28T09:45:00Z");
        }
    }

    @Test
    void sinceAndUntilReplaceTheEndsOfTheWindow() {
        CrawlStart start = new CrawlStart(
                Optional.of("2026-02-28T10:00:00Z"),
                Optional.empty(),
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                Optional.of(Instant.parse("2026-01-31T00:00:00Z")));
        try (ScriptedSource server = clocked("2026-03-01T12:00:05Z")) {
            Crawl crawl = crawl(server, WINDOW, start);

            assertThat(rest(crawl)).containsExactly("1");
            assertThat(crawl.window()).isEqualTo(new Window(Optional.of("2026-01-01"), Optional.of("2026-01-31")));
            assertThat(server.asked())
                    .as("the lookback is for cursors, and the source's clock does not move an end that was said")
                    .containsExactly("/v1/books?from=2026-01-01&to=2026-01-31");
        }
    }

    @Test
    void whatHasNoWindowCannotBeAskedForOne() {
        CrawlStart since =
                new CrawlStart(Optional.empty(), Optional.empty(), Optional.of(Instant.EPOCH), Optional.empty());
        CrawlStart until =
                new CrawlStart(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Instant.EPOCH));
        try (ScriptedSource server = clocked("2026-03-01T12:00:05Z")) {
            assertNoWindow(server, Declared.list("books"), since, "see \"incremental\"");
            assertNoWindow(server, LIST, since, "see \"incremental\"");
            assertNoWindow(server, FEED, until, "see \"to_parameter\"");
            assertNoWindow(server, SINCE, until, "see \"to_parameter\"");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aWindowReachesToTheSourcesClock() {
        try (ScriptedSource server = clocked("2026-03-02T00:00:01Z")) {
            Crawl crawl = crawl(server, WINDOW, startAt("2026-02-27T00:00:00Z"));

            assertThat(rest(crawl)).containsExactly("1");
            assertThat(server.asked())
                    .containsExactly(
                            "/v1/books?from=2026-02-26&to=2026-03-01", "/v1/books?from=2026-02-26&to=2026-03-02");
        }
    }

    @Test
    void aLongWindowIsAskedForInPieces() {
        try (ScriptedSource server = clocked("2026-03-02T00:00:01Z")) {
            Crawl crawl = crawl(server, dates(Optional.of(Duration.ofDays(30))), ANEW);

            assertThat(rest(crawl)).hasSize(2);
            assertThat(crawl.window()).isEqualTo(new Window(Optional.of("2026-01-01"), Optional.of("2026-03-02")));
            assertThat(server.asked())
                    .as("neighbours share their ends")
                    .containsExactly(
                            "/v1/books?from=2026-01-01&to=2026-01-31", "/v1/books?from=2026-01-31&to=2026-03-02");
        }
    }

    @Test
    void aListIsReadAgainOnlyIfItsTagHasChanged() {
        try (ScriptedSource server = new ScriptedSource(r -> tagged(r, "\"v1\"", "[1,2]"))) {
            Crawl first = crawl(server, LIST, ANEW);
            assertThat(rest(first)).containsExactly("1", "2");
            assertThat(first.cursorTo()).contains(ETAG_CURSOR);

            Crawl same = crawl(server, LIST, startAt(ETAG_CURSOR));
            assertThat(same.next()).isEmpty();
            assertThat(same.cursorTo()).contains(ETAG_CURSOR);

            server.script(r -> tagged(r, "\"v2\"", "[1,3]"));
            Crawl changed = crawl(server, LIST, startAt(ETAG_CURSOR));
            assertThat(rest(changed)).containsExactly("1", "3");
            assertThat(changed.cursorTo().orElseThrow()).startsWith("sha256:").endsWith(";etag=\"v2\"");

            assertThat(server.requests())
                    .extracting(r -> r.headers().getOrDefault("If-none-match", "any"))
                    .containsExactly("any", "\"v1\"", "\"v1\"");
        }
    }

    @Test
    void theSameListUnderAnotherTagIsNoNews() {
        try (ScriptedSource server = new ScriptedSource(r -> tagged(r, "W/\"v2\"", "[1,2]"))) {
            Crawl crawl = crawl(server, LIST, startAt(ETAG_CURSOR));

            assertThat(rest(crawl)).hasSize(2);
            assertThat(crawl.cursorTo()).contains(ETAG_CURSOR);
        }
    }

    @Test
    void a304ThatNobodyAskedForIsRefused() {
        try (ScriptedSource server = new ScriptedSource(r -> Answer.status(304))) {
            assertThatThrownBy(() -> crawl(server, LIST, ANEW).next()).hasMessageContaining("the source answered 304");
        }
    }

    @Test
    void aFeedGoesOnAfterThePositionOfItsLastRecord() {
        try (ScriptedSource server = new ScriptedSource(r -> feed(r, 5))) {
            Crawl first = crawl(server, FEED, ANEW);
            assertThat(rest(first)).hasSize(5);
            assertThat(first.cursorTo()).contains("position:5");

            Crawl nothing = crawl(server, FEED, startAt("position:5"));
            assertThat(rest(nothing)).isEmpty();
            assertThat(nothing.cursorTo()).contains("position:5");

            assertThat(server.asked())
                    .containsExactly(
                            "/v1/books?limit=2",
                            "/v1/books?after=2&limit=2",
                            "/v1/books?after=4&limit=2",
                            "/v1/books?after=5&limit=2");
        }
    }

    @Test
    void aFeedWhosePositionsBeganAnewIsSilentUntilItsCursorIsReset() {
        try (ScriptedSource server = new ScriptedSource(r -> feed(r, 3))) {
            Crawl silent = crawl(server, FEED, startAt("position:5"));
            assertThat(rest(silent)).isEmpty();
            assertThat(silent.cursorTo()).contains("position:5");

            Crawl reset = crawl(server, FEED, ANEW);
            assertThat(rest(reset)).hasSize(3);
            assertThat(reset.cursorTo()).contains("position:3");
        }
    }

    @Test
    void aCursorOfAnotherKindCountsAsNone() {
        try (ScriptedSource server =
                new ScriptedSource(r -> feed(r, 1).with("X-Server-Time", "2026-03-01T12:00:00Z"))) {
            rest(crawl(server, FEED, startAt("2026-02-28T10:00:00Z")));
            rest(crawl(server, SINCE, startAt("position:5")));
            rest(crawl(server, LIST, startAt("position:5")));

            assertThat(server.asked()).containsExactly("/v1/books?limit=2", "/v1/books?", "/v1/books?");
            assertThat(server.requests()).noneMatch(r -> r.headers().containsKey("If-none-match"));
        }
    }

    @Test
    void anIgnoredAnswerLeavesTheCursorWhereItWas() {
        Resource ignoring = Declared.ruled(
                SINCE, new ResponseRule(List.of(404), Optional.empty(), Optional.empty(), Action.IGNORE));
        try (ScriptedSource server = new ScriptedSource(r -> Answer.status(404))) {
            Crawl crawl = crawl(server, ignoring, startAt("2026-02-28T10:00:00Z"));

            assertThat(rest(crawl)).isEmpty();
            assertThat(crawl.cursorTo()).contains("2026-02-28T10:00:00Z");
        }
    }

    private static Resource dates(Optional<Duration> step) {
        return Declared.incremental(
                Declared.list("books"),
                new Incremental(
                        "from",
                        "X-Server-Time",
                        Duration.ofDays(1),
                        Optional.of("to"),
                        step,
                        Optional.of("2026-01-01"),
                        Unit.DATE));
    }

    private static ScriptedSource clocked(String time) {
        Function<Request, Answer> script = r -> Answer.json("[1]").with("X-Server-Time", time);
        return new ScriptedSource(script);
    }

    private static Answer tagged(Request r, String tag, String body) {
        return tag.equals(r.headers().get("If-none-match"))
                ? Answer.status(304).with("ETag", tag)
                : Answer.json(body).with("ETag", tag);
    }

    private static Answer feed(Request r, int last) {
        int after = r.number("after", 0);
        StringBuilder records = new StringBuilder();
        for (int seq = after + 1; seq <= Math.min(after + 2, last); seq++) {
            records.append(records.isEmpty() ? "" : ",").append("{\"seq\":" + seq + "}");
        }
        return Answer.json("[" + records + "]");
    }

    private static void assertNoWindow(ScriptedSource server, Resource declared, CrawlStart start, String message) {
        assertThatThrownBy(() -> crawl(server, declared, start))
                .hasMessageContainingAll("Cannot fetch shop.books: it cannot be asked for", message)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_WINDOW));
    }

    private static Crawl crawl(ScriptedSource server, Resource declared, CrawlStart start) {
        return new RestSourceReader(Declared.source(server.url(), declared), new TestClock())
                .crawl(declared.name(), start);
    }
}
