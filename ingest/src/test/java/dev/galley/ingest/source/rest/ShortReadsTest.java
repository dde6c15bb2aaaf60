package dev.galley.ingest.source.rest;

import static dev.galley.ingest.Declared.resource;
import static dev.galley.ingest.source.rest.CrawlTest.assertFails;
import static dev.galley.ingest.source.rest.CrawlTest.crawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.Pagination.CursorEnd;
import dev.galley.definition.source.Pagination.End;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.source.SourceException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A list that ends before its end is refused, whatever tells of it. */
class ShortReadsTest {
    private static final Pagination.Size NO_SIZE = new Pagination.Size(Optional.empty(), 100);
    private static final Pagination UNDECLARED = new Pagination.Undeclared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"next\":\"/b?page=2\" | /next",
                "\"next\":{\"href\":\"/b?page=2\"} | /next/href",
                "\"next_page\":2 | /next_page",
                "\"nextPageToken\":\"CAE\" | /nextPageToken",
                "\"@odata.nextLink\":\"https://x/y\" | /@odata.nextLink",
                "\"nextRecordsUrl\":\"/q/01-2000\" | /nextRecordsUrl",
                "\"links\":{\"self\":\"/b\",\"next\":\"/b?page=2\"} | /links/next",
                "\"_links\":{\"next\":{\"href\":\"/b?page=2\"}} | /_links/next/href",
                "\"links\":[{\"rel\":\"self\",\"href\":\"/b\"},{\"rel\":\"next\",\"href\":\"/c\"}] | /links/1/rel",
                "\"paging\":{\"cursors\":{\"after\":\"x\"},\"next\":\"https://x/y\"} | /paging/next",
                "\"paging\":{\"next\":{\"after\":\"x\"}} | /paging/next/after",
                "\"meta\":{\"pagination\":{\"next_cursor\":\"x\"}} | /meta/pagination/next_cursor",
                "\"response_metadata\":{\"next_cursor\":\"x\"} | /response_metadata/next_cursor",
                "\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":\"x\"} | /pageInfo/hasNextPage",
                "\"has_more\":true | /has_more",
                "\"isLast\":false | /isLast",
                "\"done\":false | /done",
                "\"total\":25 | /total",
                "\"meta\":{\"total_count\":\"25\"} | /meta/total_count",
                "\"page\":{\"number\":0,\"totalPages\":5} | /page/totalPages"
            })
    void anAnswerThatSaysThereIsMoreNeedsADeclaration(String said, String where) {
        String body = "{" + said + ",\"data\":[1,2,3,4,5],\"time\":\"12\"}";
        assertFails(
                resource("books", "/data", UNDECLARED),
                r -> Answer.json(body),
                Kind.INCOMPLETE,
                "Cannot fetch shop.books page 1",
                "by " + where + " there is more",
                "\"style: none\"");
        assertBrings(5, resource("books", "/data", new Pagination.None()), body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"next\":null",
                "\"next\":\"\",\"previous\":\"/b?page=1\"",
                "\"next\":false,\"next_page\":0,\"has_more\":false,\"isLast\":true",
                "\"total\":5,\"total_pages\":1,\"count\":5",
                "\"total\":3",
                "\"total\":\"5.00 EUR\"",
                "\"paging\":{\"cursors\":{\"before\":\"a\",\"after\":\"b\"}}",
                "\"links\":{\"self\":\"/b\",\"last\":\"/b\"}",
                "\"other\":{\"next\":\"/b?page=2\",\"more\":true}",
                "\"description\":\"there is more\",\"nextRelease\":\"2026-01-01\""
            })
    void anAnswerThatSaysNoMoreNeedsNone(String said) {
        assertBrings(5, resource("books", "/data", UNDECLARED), "{" + said + ",\"data\":[1,2,3,4,5]}");
        assertBrings(5, resource("books", "/data", UNDECLARED), "{\"data\":[1,2,3,4,5]," + said + "}");
    }

    @Test
    void headersAndAncestorsOfAListSayItToo() {
        Resource bare = resource("books", "", UNDECLARED);
        assertFails(
                bare,
                r -> Answer.json("[1]").with("Link", "</b?page=2>; rel=next"),
                Kind.INCOMPLETE,
                "the header Link");
        assertFails(bare, r -> Answer.json("[1]").with("X-Total-Count", "25"), Kind.INCOMPLETE, "X-Total-Count");
        assertFails(
                resource("books", "/data/books/items", UNDECLARED),
                r -> Answer.json("{\"data\":{\"books\":{\"items\":[1],\"pageInfo\":{\"hasNextPage\":true}}}}"),
                Kind.INCOMPLETE,
                "/data/books/pageInfo/hasNextPage");
    }

    /** A pointer with a slip in it finds no cursor, and no cursor ends a list. */
    @Test
    void aDeclarationThatFindsNoCursorIsHeldAgainstTheAnswer() {
        String body = "{\"data\":[1],\"meta\":{\"next_cursor\":\"x\"}}";
        Pagination cursor = Declared.cursor("c", "/meta/cursor", NO_SIZE);
        Pagination url = new Pagination.NextUrl("/next", NO_SIZE);
        Pagination header =
                new Pagination.HeaderCursor("c", "X-Next", NO_SIZE, Optional.empty(), CursorEnd.MISSING_CURSOR);
        for (Pagination pages : new Pagination[] {cursor, url, header, new Pagination.LinkHeader(NO_SIZE)}) {
            assertFails(
                    resource("books", "/data", pages),
                    r -> Answer.json(body),
                    Kind.INCOMPLETE,
                    "by /meta/next_cursor there is more");
        }
        assertBrings(1, resource("books", "/data", cursor), "{\"data\":[1],\"total\":100}");
    }

    @Test
    void pagesAreCountedFromTheDeclaredNumber() {
        assertCounts(pages(Optional.of(0)), "/v1/books?page=0", "/v1/books?page=1", "/v1/books?page=2");
        assertCounts(pages(Optional.of(1)), "/v1/books?page=1", "/v1/books?page=2", "/v1/books?page=3");
        assertCounts(
                new Pagination.Offset(
                        "start", 1, NO_SIZE, Optional.empty(), Optional.empty(), Optional.empty(), End.EMPTY_PAGE),
                "/v1/books?start=1",
                "/v1/books?start=3",
                "/v1/books?start=5");
    }

    private static void assertCounts(Pagination pages, String... asked) {
        try (ScriptedSource server =
                new ScriptedSource(r -> Answer.json(r.number() == 1 ? "[1,2]" : r.number() == 2 ? "[3,4]" : "[]"))) {
            assertThat(crawl(server, resource("books", "", pages))).containsExactly("1", "2", "3", "4");
            assertThat(server.asked()).containsExactly(asked);
        }
    }

    /** Three pages of two, counted from 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"first\":false | /first says that one comes before",
                "\"prev\":\"/b?page=0\" | /prev says that one comes before",
                "\"has_previous\":true | /has_previous says that one comes before",
                "\"total\":6 | pages from 1 on brought 4 records, but /total tells of more",
                "\"page\":{\"totalPages\":3} | pages from 1 on brought 4 records, but /page/totalPages tells of more"
            })
    void aListCountedFromZeroIsNotReadFromOne(String said, String message) {
        assertFails(
                resource("books", "/data", pages(Optional.empty())),
                r -> fromZero(r.number("page", 0), said),
                Kind.INCOMPLETE,
                message,
                "\"first: 0\"");
        assertThat(read(resource("books", "/data", pages(Optional.of(0))), said))
                .hasSize(6);
        assertThat(read(resource("books", "/data", pages(Optional.of(1))), said))
                .hasSize(4);
    }

    @Test
    void aDeclaredTotalNamesTheFirstPageToo() {
        Pagination total = new Pagination.Page(
                "page",
                Optional.empty(),
                NO_SIZE,
                Optional.empty(),
                Optional.of("/total"),
                Optional.empty(),
                End.EMPTY_PAGE);
        assertFails(
                resource("books", "/data", total),
                r -> fromZero(r.number("page", 0), "\"total\":6"),
                Kind.INCOMPLETE,
                "its pages ended after 4",
                "\"first: 0\"");
    }

    @Test
    void aListThatShrinksWhileItIsCountedIsRefused() {
        Pagination offsets = Declared.offset("offset", NO_SIZE, Optional.of("/total"));
        assertFails(
                resource("books", "/data", offsets),
                r -> Answer.json(
                        r.number("offset", 0) == 0 ? "{\"data\":[1,2],\"total\":4}" : "{\"data\":[4],\"total\":3}"),
                Kind.INCOMPLETE,
                "page 2",
                "said there are 4 records, and now 3: the list shrank while it was read");
        assertThat(crawlOf(
                        resource("books", "/data", offsets),
                        r -> Answer.json(
                                r.number("offset", 0) == 0
                                        ? "{\"data\":[1,2],\"total\":3}"
                                        : "{\"data\":[3,4],\"total\":4}")))
                .hasSize(4);
    }

    /** The total counts for an answer without content, too. */
    @Test
    void anAnswerWithoutContentIsAnEmptyPage() {
        assertThat(crawlOf(
                        resource("books", "", pages(Optional.empty())),
                        r -> r.number("page", 1) == 1 ? Answer.json("[1]") : Answer.status(204)))
                .containsExactly("1");
        assertThat(crawlOf(resource("books", "", UNDECLARED), r -> Answer.status(204)))
                .isEmpty();
        Pagination offsets = Declared.offset("offset", NO_SIZE, Optional.of("/total"));
        assertThat(crawlOf(resource("books", "/data", offsets), r -> Answer.status(204)))
                .isEmpty();
        assertFails(
                resource("books", "/data", offsets),
                r -> r.number("offset", 0) == 0 ? Answer.json("{\"data\":[1],\"total\":2}") : Answer.status(204),
                Kind.INCOMPLETE,
                "says there are 2 records, but its pages ended after 1");
    }

    private static Pagination pages(Optional<Integer> first) {
        return new Pagination.Page(
                "page", first, NO_SIZE, Optional.empty(), Optional.empty(), Optional.empty(), End.EMPTY_PAGE);
    }

    private static Answer fromZero(int page, String said) {
        String data = page > 2 ? "[]" : "[" + 2 * page + "," + (2 * page + 1) + "]";
        return Answer.json("{\"data\":" + data + "," + said + "}");
    }

    private static Iterable<String> read(Resource resource, String said) {
        return crawlOf(resource, r -> fromZero(r.number("page", 0), said));
    }

    private static Iterable<String> crawlOf(
            Resource resource, java.util.function.Function<ScriptedSource.Request, Answer> script) {
        try (ScriptedSource server = new ScriptedSource(script)) {
            return crawl(server, resource);
        }
    }

    private static void assertBrings(int records, Resource resource, String body) {
        assertThat(crawlOf(resource, r -> Answer.json(body))).hasSize(records);
    }
}
