package dev.galley.ingest.source.rest;

import static dev.galley.ingest.Declared.resource;
import static dev.galley.ingest.source.rest.CrawlTest.CURSORS;
import static dev.galley.ingest.source.rest.CrawlTest.FLAGGED;
import static dev.galley.ingest.source.rest.CrawlTest.FLAGGED_POSITIONS;
import static dev.galley.ingest.source.rest.CrawlTest.OFFSETS;
import static dev.galley.ingest.source.rest.CrawlTest.array;
import static dev.galley.ingest.source.rest.CrawlTest.assertFails;
import static dev.galley.ingest.source.rest.CrawlTest.crawl;
import static dev.galley.ingest.source.rest.CrawlTest.cursors;
import static dev.galley.ingest.source.rest.CrawlTest.keysets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.Pagination.CursorEnd;
import dev.galley.definition.source.Pagination.End;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.ingest.source.SourceException.Kind;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a list ends, by what the source says or declares, and what it says wrongly. */
class PageEndsTest {
    /** By the end of a page, and by nothing else, the last request is saved. */
    @ParameterizedTest
    @CsvSource({"0,1", "9,1", "10,2", "11,2", "25,3"})
    void aShortPageEndsWhereThatIsDeclared(int total, int requests) {
        Pagination pages = new Pagination.Page(
                "page",
                Optional.empty(),
                Declared.size("per_page", 10),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                End.SHORT_PAGE);
        Pagination offsets = new Pagination.Offset(
                "offset",
                0,
                Declared.size("limit", 10),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                End.SHORT_PAGE);
        Pagination keysets = new Pagination.Keyset(
                "updated_since", "at", "after_id", "id", Declared.size("limit", 10), End.SHORT_PAGE);
        Pagination positions =
                new Pagination.Position("after", "id", Declared.size("limit", 10), Optional.empty(), End.SHORT_PAGE);
        assertAsks(
                requests,
                resource("books", "", pages),
                r -> Answer.json(array(total, 10 * (r.number("page", 1) - 1), 10)));
        assertAsks(requests, resource("books", "", offsets), r -> Answer.json(array(total, r.number("offset", 0), 10)));
        assertAsks(requests, resource("books", "/data", keysets), r -> keysets(r, total));
        assertAsks(
                requests,
                resource("books", "", positions),
                r -> Answer.json(array(total, r.number("after", -1) + 1, 10)));
    }

    @Test
    void aCursorEndsAsDeclared() {
        Resource repeated = resource(
                "books",
                "/data",
                new Pagination.BodyCursor(
                        "cursor", "/next", Declared.size("limit", 10), Optional.empty(), CursorEnd.REPEATED_CURSOR));
        assertAsks(
                3,
                repeated,
                r -> cursors(r.number("cursor", 0), 25, String.valueOf(Math.min(r.number("cursor", 0) + 10, 20))));
        Resource untilEmpty = resource(
                "books",
                "/data",
                new Pagination.BodyCursor(
                        "cursor", "/next", Declared.size("limit", 10), Optional.empty(), CursorEnd.EMPTY_PAGE));
        assertAsks(4, untilEmpty, r -> cursors(r.number("cursor", 0), 25, String.valueOf(r.number("cursor", 0) + 10)));
    }

    @Test
    void emptyPagesInBetweenArePassedButNotForEver() {
        assertAsks(
                3,
                CURSORS,
                r -> r.number("cursor", 0) == 10
                        ? Answer.json("{\"data\":[],\"next\":\"20\"}")
                        : cursors(r.number("cursor", 0), 25));
        assertFails(
                FLAGGED,
                r -> Answer.json("{\"has_more\":true,\"data\":" + (r.number() == 1 ? "[1]" : "[]") + "}"),
                Kind.INCOMPLETE,
                "page 11",
                "says there is more, but its last 10 pages were empty");
        assertFails(
                FLAGGED_POSITIONS,
                r -> Answer.json("{\"data\":[],\"more\":true}"),
                Kind.INCOMPLETE,
                "sent no record to go on from");
    }

    @Test
    void aSourceThatContradictsItselfIsAnError() {
        assertFails(
                OFFSETS,
                r -> Answer.json("{\"data\":" + array(25, r.number("offset", 0), 10) + ",\"total\":15}"),
                Kind.INCOMPLETE,
                "page 2",
                "says there are 15 records, but sent 20");
        assertFails(
                resource(
                        "books",
                        "/data",
                        new Pagination.Page(
                                "page",
                                Optional.empty(),
                                Declared.size("per_page", 10),
                                Optional.empty(),
                                Optional.of("/total"),
                                Optional.of("/more"),
                                End.EMPTY_PAGE)),
                r -> Answer.json("{\"data\":" + array(25, 0, 10) + ",\"total\":25,\"more\":false}"),
                Kind.INCOMPLETE,
                "by its total there are more, by its flag there are no more");
    }

    private static void assertAsks(int requests, Resource resource, Function<Request, Answer> script) {
        try (ScriptedSource server = new ScriptedSource(script)) {
            assertThat(crawl(server, resource)).doesNotHaveDuplicates();
            assertThat(server.requests()).as("%s", resource.pagination()).hasSize(requests);
        }
    }
}
