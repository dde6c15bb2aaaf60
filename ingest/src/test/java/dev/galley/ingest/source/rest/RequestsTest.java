package dev.galley.ingest.source.rest;

import static dev.galley.ingest.Declared.list;
import static dev.galley.ingest.Declared.posted;
import static dev.galley.ingest.Declared.resource;
import static dev.galley.ingest.source.rest.CrawlTest.crawl;
import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static dev.galley.ingest.source.rest.Crawling.rest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source is asked for: types in bodies, addresses as they are written. */
class RequestsTest {
    private static final Pagination.Size NO_SIZE = new Pagination.Size(Optional.empty(), 100);

    @Test
    void valuesKeepTheirTypeInABody() {
        Resource books = posted(
                Declared.queried(
                        list("books"),
                        Map.of(
                                "size",
                                JsonScalar.number(25),
                                "active",
                                new JsonScalar("true", false),
                                "rate",
                                new JsonScalar("1.50", false),
                                "code",
                                JsonScalar.text("25"))),
                Optional.of("{\"filter\":{\"price\":12345678901234567890.10}}"));
        try (ScriptedSource server = new ScriptedSource(r -> Answer.json("[]"))) {
            crawl(server, books);
            assertThat(server.requests().get(0).body())
                    .isEqualTo("{\"filter\":{\"price\":12345678901234567890.10},"
                            + "\"active\":true,\"code\":\"25\",\"rate\":1.50,\"size\":25}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "\"2\"", "9223372036854775808", "1.50", "true", "\"a\\\"b+\""})
    void aCursorGoesBackAsItCame(String cursor) {
        Resource books = resource("books", "/data", Declared.cursor("page.after", "/next", NO_SIZE));
        try (ScriptedSource server = new ScriptedSource(r ->
                Answer.json("{\"data\":[" + r.number() + "],\"next\":" + (r.number() == 1 ? cursor : "null") + "}"))) {
            crawl(server, posted(books));
            assertThat(server.requests())
                    .extracting(Request::body)
                    .containsExactly("{}", "{\"page\":{\"after\":" + cursor + "}}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"0\"", "12345678901234567890"})
    void aParentsKeyKeepsItsType(String id) {
        Resource children = posted(Declared.forEach(
                Declared.queried(
                        list("reviews"), Map.of("book", JsonScalar.text("{id}"), "text", JsonScalar.text("no. {id}"))),
                "/reviews",
                "books",
                1,
                "id"));
        try (ScriptedSource server = new ScriptedSource(
                        r -> Answer.json(r.path().equals("/v1/books") ? "[{\"id\":" + id + "}]" : "[1]"));
                RestSourceReader reader =
                        new RestSourceReader(Declared.source(server.url(), list("books"), children), new TestClock())) {
            assertThat(rest(reader.crawl("reviews", ANEW))).hasSize(1);
            assertThat(server.requests().get(1).body())
                    .isEqualTo("{\"book\":" + id + ",\"text\":\"no. " + id.replace("\"", "") + "\"}");
        }
    }

    @Test
    void aKeysetKeepsItsTypes() {
        Pagination keyset = Declared.keyset("since", "at", "after", "id", NO_SIZE);
        try (ScriptedSource server =
                new ScriptedSource(r -> Answer.json(r.number() == 1 ? "[{\"id\":7,\"at\":\"2026-01-01\"}]" : "[]"))) {
            crawl(server, posted(resource("books", "", keyset)));
            assertThat(server.requests().get(1).body()).isEqualTo("{\"after\":7,\"since\":\"2026-01-01\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/projects/group%2Fproject/issues, /v1/projects/group%2Fproject/issues",
        "/a%20b/c+d/é, /v1/a%20b/c+d/%C3%A9",
        "/a:b@c/(d)/, /v1/a:b@c/(d)/",
        "/projects/group%2F{key}, /v1/projects/group%2Fa%252Fb%20%3F%C3%A9",
        "/{key}.json, /v1/a%252Fb%20%3F%C3%A9.json"
    })
    void aPathIsSentAsItIsWrittenAndAKeyAsItIs(String path, String sent) {
        Resource declared = Declared.forEach(list("books"), path, "parents", 1, "key");
        RequestTemplate template = new RequestTemplate(HttpUrl.get("https://api.example/v1"), declared);
        assertThat(template.filled(Map.of("key", JsonScalar.text("a%2Fb ?é")))
                        .url()
                        .encodedPath())
                .isEqualTo(sent);
    }

    @Test
    void namesOfParametersMayHoldADollar() {
        Pagination offsets = Declared.offset("$offset", Declared.size("$limit", 2), Optional.empty());
        try (ScriptedSource server =
                new ScriptedSource(r -> Answer.json("0".equals(r.query().get("$offset")) ? "[1,2]" : "[]"))) {
            assertThat(crawl(server, resource("books", "", offsets))).hasSize(2);
            assertThat(server.asked()).containsExactly("/v1/books?$limit=2&$offset=0", "/v1/books?$limit=2&$offset=2");
        }
    }

    @Test
    void noSizeIsAskedForUnlessItIsDeclared() {
        List<Pagination> all = List.of(
                Declared.page("page", NO_SIZE, Optional.empty(), Optional.empty()),
                Declared.offset("offset", NO_SIZE, Optional.empty()),
                new Pagination.LinkHeader(NO_SIZE),
                new Pagination.NextUrl("/next", NO_SIZE),
                Declared.cursor("cursor", "/next", NO_SIZE),
                Declared.keyset("since", "at", "after", "id", NO_SIZE));
        for (Pagination pages : all) {
            try (ScriptedSource server = new ScriptedSource(r -> Answer.json("{\"data\":[]}"))) {
                crawl(server, resource("books", "/data", pages));
                assertThat(server.asked().get(0)).doesNotContain("100");
            }
        }
    }
}
