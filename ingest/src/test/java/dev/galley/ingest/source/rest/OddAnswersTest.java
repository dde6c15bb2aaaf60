package dev.galley.ingest.source.rest;

import static dev.galley.ingest.Declared.list;
import static dev.galley.ingest.Declared.resource;
import static dev.galley.ingest.Declared.shaped;
import static dev.galley.ingest.source.rest.CrawlTest.assertFails;
import static dev.galley.ingest.source.rest.CrawlTest.crawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.Pagination.CursorEnd;
import dev.galley.definition.source.RestSource.IfMissing;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.source.RestSource.Shape;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.ingest.source.SourceException.Kind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are odd and right: other charsets and codings, lists that are null, cursors that are none. */
class OddAnswersTest {
    private static final Pagination.Size NO_SIZE = new Pagination.Size(Optional.empty(), 100);
    private static final Resource CURSORS = resource("books", "/data", Declared.cursor("cursor", "/next", NO_SIZE));

    @ParameterizedTest
    @ValueSource(strings = {"GZIP", "x-gzip", " X-GZip ", "identity, gzip"})
    void namesOfCodingsHaveNoCase(String coding) {
        assertThat(read(list("books"), r -> Answer.json("[1,2]").zipped().with("Content-Encoding", coding)))
                .containsExactly("1", "2");
    }

    @Test
    void whatIsNotCodedIsReadAsItIs() {
        assertThat(read(list("books"), r -> Answer.json("[1]").with("Content-Encoding", "")))
                .containsExactly("1");
        assertThat(read(list("books"), r -> Answer.json("[1]").with("Content-Encoding", "Identity")))
                .containsExactly("1");
        assertFails(
                list("books"),
                r -> Answer.json("[1]").with("Content-Encoding", "br"),
                Kind.WRONG_SHAPE,
                "encoded as br");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "utf-16", "UTF-16LE", "windows-1252", "utf-8", "\"iso-8859-15\""})
    void aBodyIsReadInTheCharsetItTells(String charset) {
        String body = "[{\"name\":\"München\"},{\"name\":\"Köln\"}]";
        Charset written = Charset.forName(charset.replace("\"", ""));
        assertThat(read(
                        list("books"),
                        r -> Answer.bytes(body.getBytes(written))
                                .with("Content-Type", "application/json; charset=" + charset)))
                .containsExactly("{\"name\":\"München\"}", "{\"name\":\"Köln\"}");
    }

    @Test
    void aCharsetNamedByHabitDoesNotSpoilUtf8() {
        assertThat(read(list("books"), r -> typed("[\"München\"]", "application/json;charset=ISO-8859-1")))
                .containsExactly("\"München\"");
        assertFails(list("books"), r -> typed("[1]", "text/json; charset=klingon"), Kind.WRONG_SHAPE, "klingon");
        assertFails(
                list("books"),
                r -> Answer.bytes(new byte[] {'[', (byte) 0x81, (byte) 0xFF, ']'})
                        .with("Content-Type", "application/json; charset=Shift_JIS"),
                Kind.MALFORMED,
                "written in Shift_JIS, and is not");
    }

    private static Answer typed(String body, String type) {
        return Answer.bytes(body.getBytes(StandardCharsets.UTF_8)).with("Content-Type", type);
    }

    @Test
    void aListThatIsNullHoldsNoRecords() {
        assertThat(read(
                        CURSORS,
                        r -> r.number("cursor", 0) == 0
                                ? Answer.json("{\"data\":[1,2],\"next\":\"7\"}")
                                : Answer.json("{\"data\":null,\"next\":null}")))
                .containsExactly("1", "2");
        assertThat(read(CURSORS, r -> Answer.json("{\"next\":null,\"errors\":[],\"error\":null,\"data\":null}")))
                .isEmpty();
        assertFails(
                CURSORS,
                r -> Answer.json("{\"errors\":[{\"message\":\"no\"}],\"data\":null}"),
                Kind.WRONG_SHAPE,
                "has no /data, where the records should be, but /errors");
    }

    @Test
    void aListThatIsMissingHoldsNoRecordsIfThatIsDeclared() {
        Function<Request, Answer> script = r -> r.number("cursor", 0) == 0
                ? Answer.json("{\"data\":[1,2],\"next\":\"7\"}")
                : Answer.json("{\"kind\":\"list\"}");
        Resource lenient = shaped(CURSORS, Shape.LIST, IfMissing.EMPTY);
        assertThat(read(lenient, script)).containsExactly("1", "2");
        assertFails(CURSORS, script, Kind.WRONG_SHAPE, "page 2", "has no /data", "declare \"if_missing: empty\"");
        assertFails(
                lenient, r -> Answer.json("{\"error\":\"expired\"}"), Kind.WRONG_SHAPE, "has no /data", "but /error");
        assertFails(
                lenient,
                r -> Answer.json("{\"Errors\":{\"code\":1}}"),
                Kind.WRONG_SHAPE,
                "has no /data",
                "but /Errors");
        assertFails(lenient, r -> Answer.json("{\"data\":{}}"), Kind.WRONG_SHAPE, "is not an array of records");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"id\":1},{\"id\":2}] | 2",
                "{\"id\":3} | 1",
                "[] | 0",
                "'\"\"' | 0",
                "null | 0",
            })
    void aRecordMayStandAloneWhereThatIsDeclared(String stop, int records) {
        Resource stops = resource("stops", "/stops/stop", new Pagination.Undeclared());
        String body = "{\"stops\":{\"stop\":" + stop + "}}";
        assertThat(read(shaped(stops, Shape.LIST_OR_RECORD, IfMissing.REFUSE), r -> Answer.json(body)))
                .hasSize(records);
    }

    @Test
    void anEmptyTextInPlaceOfAnObjectIsMissing() {
        Resource stops = resource("stops", "/stops/stop", new Pagination.Undeclared());
        assertThat(read(shaped(stops, Shape.LIST_OR_RECORD, IfMissing.EMPTY), r -> Answer.json("{\"stops\":\"\"}")))
                .isEmpty();
        assertFails(
                stops,
                r -> Answer.json("{\"stops\":{\"stop\":{\"id\":3}}}"),
                Kind.WRONG_SHAPE,
                "is not an array of records",
                "\"shape: list_or_record\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "0", "0.0", "false"})
    void whatIsNoCursorEndsAList(String none) {
        assertThat(read(
                        CURSORS,
                        r -> Answer.json(
                                r.number() == 1
                                        ? "{\"data\":[1],\"next\":9223372036854775807}"
                                        : "{\"data\":[2],\"next\":" + none + "}")))
                .containsExactly("1", "2");
        assertThat(read(
                        resource("books", "/data", new Pagination.NextUrl("/next", NO_SIZE)),
                        r -> Answer.json(
                                r.number() == 1
                                        ? "{\"data\":[1],\"next\":\"?page=2\"}"
                                        : "{\"data\":[2],\"next\":" + (none.startsWith("0") ? "\" \"" : none) + "}")))
                .containsExactly("1", "2");
    }

    @Test
    void anAddressIsAText() {
        assertFails(
                resource("books", "/data", new Pagination.NextUrl("/next", NO_SIZE)),
                r -> Answer.json("{\"data\":[1],\"next\":2}"),
                Kind.WRONG_SHAPE,
                "/next of the response should be an address, but is 2");
    }

    @Test
    void aFlagAloneEndsAListOfCursors() {
        Resource flagged = resource(
                "books",
                "/data",
                new Pagination.BodyCursor("cursor", "/next", NO_SIZE, Optional.of("/more"), CursorEnd.MISSING_CURSOR));
        assertThat(read(
                        flagged,
                        r -> Answer.json("{\"data\":[" + r.number() + "],\"next\":" + (2 - r.number()) + ",\"more\":"
                                + (r.number() < 3) + "}")))
                .containsExactly("1", "2", "3");
        assertFails(
                flagged,
                r -> Answer.json("{\"data\":[1],\"next\":null,\"more\":true}"),
                Kind.INCOMPLETE,
                "says there is more, but sent no cursor");
        assertFails(flagged, r -> Answer.json("{\"data\":[1]}"), Kind.WRONG_SHAPE, "/more", "missing");
        Resource headers = resource(
                "books",
                "/data",
                new Pagination.HeaderCursor(
                        "cursor", "X-Next", NO_SIZE, Optional.of("/more"), CursorEnd.MISSING_CURSOR));
        assertThat(read(
                        headers,
                        r -> Answer.json("{\"data\":[" + r.number() + "],\"more\":" + (r.number() < 3) + "}")
                                .with("X-Next", String.valueOf(r.number()))))
                .containsExactly("1", "2", "3");
        Resource offsets = resource(
                "books",
                "/data",
                new Pagination.Offset(
                        "offset",
                        0,
                        NO_SIZE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("/more"),
                        Pagination.End.EMPTY_PAGE));
        assertThat(read(offsets, r -> Answer.json("{\"data\":[" + r.number() + "],\"more\":" + (r.number() < 3) + "}")))
                .containsExactly("1", "2", "3");
    }

    /** Measurements are often alike; a cursor that moves on tells pages apart. */
    @Test
    void pagesAreToldApartByTheirCursor() {
        assertThat(read(
                        CURSORS,
                        r -> Answer.json("{\"data\":[\"ok\",\"ok\"],\"next\":"
                                + (r.number() < 4 ? "\"" + r.number() + "\"" : "null") + "}")))
                .hasSize(8);
        assertFails(
                CURSORS,
                r -> Answer.json("{\"data\":[\"ok\"],\"next\":\"" + r.number() + "\"}"),
                Kind.PAGE_REPEATED,
                "page 501",
                "repeats itself");
        assertFails(
                resource("books", "", Declared.page("page", NO_SIZE, Optional.empty(), Optional.empty())),
                r -> Answer.json("[\"ok\"]"),
                Kind.PAGE_REPEATED,
                "page 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"1,003\"", "-1", "\"\"", "1.5"})
    void aTotalThatIsNoneSaysWhatToChange(String total) {
        assertFails(
                resource("books", "/data", Declared.offset("offset", NO_SIZE, Optional.of("/total"))),
                r -> Answer.json("{\"data\":[1],\"total\":" + total + "}"),
                Kind.WRONG_SHAPE,
                "/total should be the total of records, but is " + total.replace("\"", ""),
                "without its total, the list ends with a page that holds no records");
        assertThat(read(
                        resource("books", "/data", Declared.offset("offset", NO_SIZE, Optional.empty())),
                        r -> Answer.json(
                                "{\"data\":" + (r.number() == 1 ? "[1]" : "[]") + ",\"total\":" + total + "}")))
                .as("what the message says")
                .containsExactly("1");
    }

    @Test
    void whatIsNoJsonIsFound() {
        assertFails(list("books"), r -> Answer.json("[1,2,x]"), Kind.MALFORMED, "not JSON at byte 5");
    }

    private static List<String> read(Resource resource, Function<Request, Answer> script) {
        try (ScriptedSource server = new ScriptedSource(script)) {
            return crawl(server, resource);
        }
    }
}
