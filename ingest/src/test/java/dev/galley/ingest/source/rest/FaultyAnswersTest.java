package dev.galley.ingest.source.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.source.RestSource.Limits;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried again, how often and when; and what is refused at once, by name. */
class FaultyAnswersTest {
    private static final Answer GOOD = Answer.json("[{\"a\":1},{\"a\":2}]");

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504, 408})
    void triesAgainAfterAStatusThatPasses(int status) {
        assertBringsBoth(r -> r.number() < 4 ? Answer.status(status) : GOOD, 4);
    }

    @Test
    void givesUpAfterTheDeclaredAttempts() {
        assertFails(
                r -> Answer.status(503),
                4,
                Kind.UNAVAILABLE,
                "Cannot fetch shop.books page 1 (GET /v1/books): the source answered 503; tried 4 times");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 410, 422})
    void refusesOtherStatusesAtOnce(int status) {
        assertFails(
                r -> new Answer(
                        status,
                        "{\"title\":\"Bad\",\"detail\":\"no such thing\"}".getBytes(StandardCharsets.UTF_8),
                        java.util.Map.of("Content-Type", "application/problem+json"),
                        0),
                1,
                Kind.REFUSED,
                "the source answered " + status + ": Bad, no such thing");
    }

    @Test
    void triesAgainAfterATruncatedAnswer() {
        assertBringsBoth(r -> r.number() == 1 ? GOOD.cutBy(5) : GOOD, 2);
        assertBringsBoth(r -> r.number() == 1 ? Answer.json("[{\"a\":1},{\"a\"") : GOOD, 2);
        assertBringsBoth(r -> r.number() == 1 ? GOOD.zipped().cutBy(5) : GOOD.zipped(), 2);
        assertBringsBoth(r -> r.number() == 1 ? shortened(GOOD.zipped()) : GOOD, 2);
        assertFails(r -> Answer.json("[{\"a\":1},{"), 4, Kind.TRUNCATED, "ends early", "tried 4 times");
    }

    @Test
    void namesAPageForPeopleThatCameWithStatus200() {
        String login = "<!DOCTYPE html><title>Sign in</title>";
        assertFails(
                r -> Answer.json(login).with("Content-Type", "text/html; charset=utf-8"),
                1,
                Kind.HTML,
                "a page for people, not JSON: '<!DOCTYPE html><title>Sign in</title>'");
        assertFails(r -> Answer.json(login), 1, Kind.HTML, "a page for people");
    }

    @Test
    void unpacksGzip() {
        assertBringsBoth(r -> GOOD.zipped(), 1);
    }

    @Test
    void aGzipBombIsRefused() {
        assertFails(r -> Answer.bytes(new byte[20 << 20]).zipped(), 1, Kind.TOO_LARGE, "200 times its size");
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        byte[] big = ("[\"" + "x".repeat(3_000_000) + "\"]").getBytes(StandardCharsets.UTF_8);
        Limits limits = Declared.limits(Duration.ofSeconds(5), 1_000_000, 10);
        assertThatThrownBy(() -> fetch(r -> Answer.bytes(big), limits))
                .hasMessageContaining("larger than 1000000 bytes");
    }

    @Test
    void anAnswerThatDripsRunsIntoTheDeadline() {
        Limits limits = Declared.limits(Duration.ofMillis(200), 1_000_000, 10);
        assertThatThrownBy(() -> fetch(r -> slowly(), limits))
                .hasMessageContainingAll("the connection failed", "tried 4 times")
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private static Answer slowly() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return GOOD;
    }

    private static Answer shortened(Answer answer) {
        return new Answer(answer.status(), Arrays.copyOf(answer.body(), answer.body().length - 5), answer.headers(), 0);
    }

    private static void assertBringsBoth(Function<Request, Answer> script, int requests) {
        try (ScriptedSource server = new ScriptedSource(script)) {
            assertThat(first(server, Declared.LIMITS).records()).hasSize(2);
            assertThat(server.requests()).hasSize(requests);
        }
    }

    private static void assertFails(Function<Request, Answer> script, int requests, Kind kind, String... message) {
        try (ScriptedSource server = new ScriptedSource(script)) {
            assertThatThrownBy(() -> first(server, Declared.LIMITS))
                    .hasMessageContainingAll(message)
                    .hasMessageNotContaining("canary")
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
            assertThat(server.requests()).hasSize(requests);
        }
    }

    private static ReceivedPage fetch(Function<Request, Answer> script, Limits limits) {
        try (ScriptedSource server = new ScriptedSource(script)) {
            return first(server, limits);
        }
    }

    private static ReceivedPage first(ScriptedSource server, Limits limits) {
        try (RestSourceReader reader = new RestSourceReader(
                Declared.source(server.url(), limits, Declared.list("books")), Clock.systemUTC())) {
            return reader.crawl(
                            "books",
                            new CrawlStart(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                    .next()
                    .orElseThrow();
        }
    }
}
