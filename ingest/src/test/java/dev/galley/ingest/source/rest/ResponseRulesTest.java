package dev.galley.ingest.source.rest;

import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static dev.galley.ingest.source.rest.Crawling.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.source.ResponseRule;
import dev.galley.definition.source.ResponseRule.Action;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a resource declares to do about single answers, by status and by body. */
class ResponseRulesTest {
    private static final Resource BOOKS =
            Declared.resource("books", "/data", Declared.cursor("cursor", "/next", Declared.size("limit", 10)));
    private static final String GOOD = "{\"data\":[1],\"next\":null}";
    private static final String ERROR = "{\"error\":{\"code\":\"BUSY 7\",\"more\":null},\"data\":[],\"next\":null}";

    @Test
    void anIgnoredAnswerIsALastPageWithoutRecords() {
        assertBrings(
                rule(404, null, null, Action.IGNORE),
                r -> r.query().containsKey("cursor")
                        ? answer(404, "no more")
                        : Answer.json("{\"data\":[1],\"next\":\"a\"}"),
                2);
    }

    @Test
    void aRetryIsTriedAsOftenAsAnyFailureThatMayPass() {
        assertBrings(rule(409, null, null, Action.RETRY), r -> r.number() < 4 ? answer(409, "") : Answer.json(GOOD), 4);
        assertFails(
                rule(409, null, null, Action.RETRY),
                r -> answer(409, ""),
                4,
                Kind.UNAVAILABLE,
                "the source answered 409; on_response says retry; tried 4 times");
    }

    @Test
    void aFailureIsNotTriedAgain() {
        assertFails(
                rule(503, null, null, Action.FAIL),
                r -> answer(503, ""),
                1,
                Kind.REFUSED,
                "the source answered 503; on_response says fail");
    }

    @Test
    void anErrorInABodyWithStatus200IsSeen() {
        assertBrings(
                rule(200, "/error/code", "^BUSY", Action.RETRY), r -> Answer.json(r.number() == 1 ? ERROR : GOOD), 2);
        assertFails(
                rule(200, "/error", null, Action.FAIL),
                r -> Answer.json(ERROR),
                1,
                Kind.REFUSED,
                "the source answered 200 with /error '';");
        assertFails(
                rule(200, "/error/code", null, Action.FAIL),
                r -> Answer.json(ERROR),
                1,
                Kind.REFUSED,
                "the source answered 200 with /error/code 'BUSY 7'; on_response says fail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/absent", "/error/more", "/error/code/x", "/data/1"})
    void aRuleForAValueThatIsNotThereDoesNotFit(String pointer) {
        assertBrings(
                rule(200, pointer, null, Action.FAIL),
                r -> Answer.json("{\"error\":{\"code\":\"a\",\"more\":null},\"data\":[1],\"next\":null}"),
                1);
    }

    @Test
    void aPatternAloneLooksAtTheBeginningOfTheBody() {
        assertBrings(
                rule(403, null, "(?i)over quota", Action.RETRY),
                r -> r.number() == 1 ? answer(403, "<p>Over Quota</p>") : Answer.json(GOOD),
                2);
        assertFails(
                rule(403, null, "over quota", Action.RETRY),
                r -> answer(403, "no entry"),
                1,
                Kind.REFUSED,
                "the source answered 403; check the credentials");
    }

    @Test
    void theFirstRuleThatFitsDecides() {
        Resource declared =
                Declared.ruled(BOOKS, rule(404, "/reason", null, Action.FAIL), rule(404, null, null, Action.IGNORE));
        try (ScriptedSource server = new ScriptedSource(r -> answer(404, "{}"))) {
            assertThat(crawl(server, declared)).isEmpty();
            server.script(r -> answer(404, "{\"reason\":\"moved\"}"));
            assertThatThrownBy(() -> crawl(server, declared)).hasMessageContaining("with /reason 'moved'");
        }
    }

    private static ResponseRule rule(int status, @Nullable String pointer, @Nullable String pattern, Action action) {
        return new ResponseRule(
                List.of(status, 599), Optional.ofNullable(pointer), Optional.ofNullable(pattern), action);
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, body.getBytes(StandardCharsets.UTF_8), Map.of(), 0);
    }

    private static void assertBrings(ResponseRule rule, Function<Request, Answer> script, int requests) {
        try (ScriptedSource server = new ScriptedSource(script)) {
            assertThat(crawl(server, Declared.ruled(BOOKS, rule))).containsExactly("1");
            assertThat(server.requests()).hasSize(requests);
        }
    }

    private static void assertFails(
            ResponseRule rule, Function<Request, Answer> script, int requests, Kind kind, String message) {
        try (ScriptedSource server = new ScriptedSource(script)) {
            assertThatThrownBy(() -> crawl(server, Declared.ruled(BOOKS, rule)))
                    .hasMessageContaining(message)
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
            assertThat(server.requests()).hasSize(requests);
        }
    }

    private static List<String> crawl(ScriptedSource server, Resource declared) {
        try (RestSourceReader reader = new RestSourceReader(Declared.source(server.url(), declared), new TestClock())) {
            return rest(reader.crawl("books", ANEW));
        }
    }
}
