package dev.galley.ingest.source.rest;

import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static dev.galley.ingest.source.rest.Crawling.askedSorted;
import static dev.galley.ingest.source.rest.Crawling.rest;
import static dev.galley.ingest.source.rest.Crawling.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.Pagination.End;
import dev.galley.definition.source.ResponseRule;
import dev.galley.definition.source.ResponseRule.Action;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One request, or several, for each record of another list. Book n has n reviews, on pages of two; pages hold three books. */
class ChildrenTest {
    private static final int BOOKS = 7;
    private static final int REVIEWS = BOOKS * (BOOKS - 1) / 2;
    private static final Pagination PAGES =
            Declared.page("page", Declared.size("n", 2), Optional.empty(), Optional.of("/more"));
    private static final Resource PARENTS = Declared.resource(
            "books",
            "",
            new Pagination.Offset(
                    "offset",
                    0,
                    Declared.size("limit", 3),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    End.SHORT_PAGE));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void eachParentIsAskedForItsChildrenInOrderAndOnce(int concurrency) {
        try (ScriptedSource server = new ScriptedSource(ChildrenTest::shop);
                RestSourceReader reader = reader(server, PARENTS, children(concurrency))) {
            Crawl crawl = reader.crawl("reviews", ANEW);

            assertThat(rest(crawl)).isEqualTo(expected());
            assertThat(crawl.cursorTo()).isEmpty();
            assertThat(askedSorted(server)).isEqualTo(expectedRequests());
            assertThat(crawl.traffic().requests()).isEqualTo(server.requests().size());
        }
    }

    @Test
    void severalParentsAreAskedAtOnce() {
        CountDownLatch together = new CountDownLatch(3);
        try (ScriptedSource server = new ScriptedSource(
                        r -> r.path().endsWith("/reviews") && !isReached(together) ? Answer.status(404) : shop(r));
                RestSourceReader reader = reader(server, PARENTS, children(3))) {
            assertThat(rest(reader.crawl("reviews", ANEW))).hasSize(REVIEWS);
        }
    }

    @Test
    void connectionsAreKeptForTheNextRequests() {
        int atOnce = 16;
        String books = IntStream.range(0, 20 * atOnce)
                .mapToObj(id -> "{\"id\":" + id + "}")
                .toList()
                .toString();
        try (ScriptedSource server = new ScriptedSource(r -> r.path().equals("/v1/books")
                        ? Answer.json(books)
                        : Answer.json("{\"data\":[],\"more\":false}"));
                RestSourceReader reader = reader(server, Declared.list("books"), children(atOnce))) {
            assertThat(rest(reader.crawl("reviews", ANEW))).isEmpty();

            assertThat(server.requests()).hasSize(1 + 20 * atOnce);
            assertThat(server.connections()).isLessThanOrEqualTo(atOnce);
        }
    }

    @Test
    void whatIsNewIsWhatIsNewOfTheParents() {
        Resource parents = Declared.incremental(PARENTS, Declared.updatedSince(Duration.ZERO));
        try (ScriptedSource server = new ScriptedSource(r -> shop(r).with("X-Server-Time", "2026-03-01T12:00:00Z"));
                RestSourceReader reader = reader(server, parents, children(2))) {
            Crawl crawl = reader.crawl("reviews", Crawling.startAt("2026-02-01T00:00:00Z"));

            assertThat(rest(crawl)).hasSize(REVIEWS);
            assertThat(crawl.window().from()).contains("2026-02-01T00:00:00Z");
            assertThat(crawl.cursorTo()).contains("2026-03-01T12:00:00Z");
            assertThat(crawl.watermark()).contains(Instant.parse("2026-03-01T12:00:00Z"));
            assertThat(server.asked().get(0)).contains("updated_since=2026-02-01T00:00:00Z");
        }
    }

    @Test
    void keysGoIntoTheQueryAndTheirTextStaysAsItIs() {
        Resource children = Declared.forEach(
                Declared.queried(Declared.list("reviews"), "book", "no. {id}"),
                "/reviews/{code}",
                "books",
                1,
                "code",
                "id");
        try (ScriptedSource server = new ScriptedSource(r -> r.path().equals("/v1/books")
                        ? Answer.json("[{\"id\":12345678901234567890,\"code\":\"a b?c&d%é..\"}]")
                        : Answer.json("[1]"));
                RestSourceReader reader = reader(server, Declared.list("books"), children)) {
            assertThat(rest(reader.crawl("reviews", ANEW)))
                    .containsExactly("{\"code\":\"a b?c&d%é..\",\"id\":12345678901234567890} 1");
            assertThat(server.asked().get(1)).isEqualTo("/v1/reviews/a b?c&d%é..?book=no. 12345678901234567890");
        }
    }

    @Test
    void eachParentIsLookedUpByItself() {
        Resource details = Declared.single(Declared.forEach(Declared.list("details"), "/books/{id}", "books", 2, "id"));
        try (ScriptedSource server = new ScriptedSource(
                        r -> r.path().equals("/v1/books") ? shop(r) : Answer.json(" {\"of\": \"" + r.path() + "\"} "));
                RestSourceReader reader = reader(server, PARENTS, details)) {
            assertThat(rest(reader.crawl("details", ANEW)))
                    .hasSize(BOOKS)
                    .contains("{\"id\":6} {\"of\": \"/v1/books/6\"}");

            server.script(r -> r.path().equals("/v1/books") ? shop(r) : Answer.json("[]"));
            assertThatThrownBy(() -> rest(reader.crawl("details", ANEW)))
                    .hasMessageContaining("the response is not a record, an object");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "a\\b", "a\nb"})
    void aKeyNeverLeadsToAnotherPath(String key) {
        String json = "[{\"id\":\"" + key.replace("\\", "\\\\").replace("\n", "\\n") + "\"}]";
        try (ScriptedSource server = new ScriptedSource(r -> Answer.json(json));
                RestSourceReader reader = reader(server, Declared.list("books"), children(1))) {
            assertFails(reader, Kind.WRONG_SHAPE, "the key of a parent cannot be part of a path");
            assertThat(server.asked()).containsExactly("/v1/books?");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":1.5}", "{\"id\":[1]}", "7"})
    void aParentWithoutAKeyIsNamed(String parent) {
        try (ScriptedSource server = new ScriptedSource(r -> Answer.json("[" + parent + "]"));
                RestSourceReader reader = reader(server, Declared.list("books"), children(1))) {
            assertFails(reader, Kind.WRONG_SHAPE, "one of the parents has no usable id");
        }
    }

    @Test
    void aParentThatIsGoneCanBeIgnored() {
        Resource ignoring = Declared.ruled(
                children(2), new ResponseRule(List.of(404), Optional.empty(), Optional.empty(), Action.IGNORE));
        try (ScriptedSource server =
                new ScriptedSource(r -> r.path().equals("/v1/books/5/reviews") ? Answer.status(404) : shop(r))) {
            try (RestSourceReader reader = reader(server, PARENTS, ignoring)) {
                assertThat(rest(reader.crawl("reviews", ANEW))).hasSize(REVIEWS - 5);
            }
            try (RestSourceReader reader = reader(server, PARENTS, children(2))) {
                assertThatThrownBy(() -> rest(reader.crawl("reviews", ANEW)))
                        .hasMessageContaining("Cannot fetch shop.reviews page 8 (GET /v1/books/5/reviews?n=2&page=1): "
                                + "the source answered 404");
            }
        }
    }

    @Test
    void goesOnAfterAnyPageAndAsksForNoChildTwice() {
        for (int pages = 1; pages < 13; pages++) {
            try (ScriptedSource server = new ScriptedSource(ChildrenTest::shop);
                    RestSourceReader reader = reader(server, PARENTS, children(1))) {
                Crawl first = reader.crawl("reviews", ANEW);
                List<String> all = new ArrayList<>();
                for (int page = 0; page < pages; page++) {
                    all.addAll(texts(first.next().orElseThrow()));
                }
                Optional<String> checkpoint = first.checkpoint();
                if (checkpoint.isEmpty()) {
                    assertThat(all).isEqualTo(expected());
                    continue;
                }
                Crawl second = reader.crawl(
                        "reviews", new CrawlStart(Optional.empty(), checkpoint, Optional.empty(), Optional.empty()));
                all.addAll(rest(second));

                assertThat(all).as("after page %d", pages).isEqualTo(expected());
                assertThat(server.asked())
                        .filteredOn(asked -> asked.contains("reviews"))
                        .as("after page %d", pages)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void theCursorIsThatOfTheFirstPageOfParentsThoughItIsFetchedAgain() {
        Resource parents = Declared.incremental(PARENTS, Declared.updatedSince(Duration.ZERO));
        try (ScriptedSource server = new ScriptedSource(r -> shop(r).with("X-Server-Time", "2026-03-01T12:00:00Z"));
                RestSourceReader reader = reader(server, parents, children(2))) {
            Crawl first = reader.crawl("reviews", ANEW);
            first.next();
            server.script(r -> shop(r).with("X-Server-Time", "2026-03-02T12:00:00Z"));
            Crawl second = reader.crawl(
                    "reviews",
                    new CrawlStart(Optional.empty(), first.checkpoint(), Optional.empty(), Optional.empty()));

            assertThat(rest(second)).hasSize(REVIEWS);
            assertThat(second.cursorTo()).contains("2026-03-01T12:00:00Z");
        }
    }

    /** Another version of Galley may have written it. */
    @Test
    void aCheckpointIsWrittenAsItAlwaysWas() {
        try (ScriptedSource server = new ScriptedSource(ChildrenTest::shop);
                RestSourceReader reader = reader(server, PARENTS, children(1))) {
            Crawl crawl = reader.crawl("reviews", ANEW);
            for (int page = 0; page < 6; page++) {
                crawl.next();
            }
            assertThat(Crawling.written(crawl)).isEqualTo("""
                            {"version":2,"fits":"f","pages":6,"step":{"over":false,"set":{"n":"2","page":"2"},\
                            "records":2,"empty":0,"requested":[m],"received":[m],"had":"h"},\
                            "parents":{"version":2,"fits":"f","pages":1,"step":{"over":false,\
                            "set":{"limit":"3","offset":"3"},"records":3,"empty":0,"requested":[m],"received":[m],\
                            "had":"h"}},"key":"{\\"id\\":4}"}""");
        }
    }

    @Test
    void parentsThatAreNotWhereTheyWereMeanToBeginAnew() {
        try (ScriptedSource server = new ScriptedSource(ChildrenTest::shop);
                RestSourceReader reader = reader(server, PARENTS, children(1))) {
            Crawl first = reader.crawl("reviews", ANEW);
            first.next();
            first.next();
            server.script(r -> Answer.json("[]"));
            Crawl second = reader.crawl(
                    "reviews",
                    new CrawlStart(Optional.empty(), first.checkpoint(), Optional.empty(), Optional.empty()));

            assertThatThrownBy(second::next)
                    .hasMessageContaining("the parent {\"id\":1} is not where it was")
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STALE_CHECKPOINT));
        }
    }

    private static Resource children(int concurrency) {
        return Declared.forEach(
                Declared.resource("reviews", "/data", PAGES), "/books/{id}/reviews", "books", concurrency, "id");
    }

    private static Answer shop(Request r) {
        if (r.path().equals("/v1/books")) {
            int from = r.number("offset", 0);
            return Answer.json(IntStream.range(from, Math.min(BOOKS, from + 3))
                    .mapToObj(id -> "{\"id\":" + id + "}")
                    .toList()
                    .toString());
        }
        int book = Integer.parseInt(r.path().replaceAll("/v1/books/(\\d+)/reviews", "$1"));
        int from = 2 * (r.number("page", 1) - 1);
        return Answer.json("{\"data\":"
                + IntStream.range(from, Math.min(book, from + 2))
                        .mapToObj(review -> "\"" + book + "." + review + "\"")
                        .toList()
                + ",\"more\":" + (from + 2 < book) + "}");
    }

    private static List<String> expected() {
        return IntStream.range(0, BOOKS)
                .boxed()
                .flatMap(book -> IntStream.range(0, book)
                        .mapToObj(review -> "{\"id\":" + book + "} \"" + book + "." + review + "\""))
                .toList();
    }

    private static List<String> expectedRequests() {
        List<String> requests = new ArrayList<>();
        for (int from = 0; from < BOOKS; from += 3) {
            requests.add("/v1/books?limit=3&offset=" + from);
        }
        for (int book = 0; book < BOOKS; book++) {
            for (int page = 1; page == 1 || 2 * (page - 1) < book; page++) {
                requests.add("/v1/books/" + book + "/reviews?n=2&page=" + page);
            }
        }
        return requests.stream().sorted().toList();
    }

    private static boolean isReached(CountDownLatch latch) {
        latch.countDown();
        try {
            return latch.await(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void assertFails(RestSourceReader reader, Kind kind, String message) {
        assertThatThrownBy(() -> rest(reader.crawl("reviews", ANEW)))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static RestSourceReader reader(ScriptedSource server, Resource... resources) {
        return new RestSourceReader(Declared.source(server.url(), resources), Clock.systemUTC());
    }
}
