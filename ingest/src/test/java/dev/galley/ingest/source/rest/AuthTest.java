package dev.galley.ingest.source.rest;

import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static dev.galley.ingest.source.rest.Crawling.numbers;
import static dev.galley.ingest.source.rest.Crawling.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.source.SourceAuth;
import dev.galley.definition.source.SourceAuth.SendAs;
import dev.galley.definition.yaml.Secret;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.ScriptedSource.Request;
import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What requests carry, when a token is fetched, and what happens when it is refused. */
class AuthTest {
    private static final Resource BOOKS = Declared.resource(
            "books", "/data", Declared.offset("offset", Declared.size("limit", 10), Optional.of("/total")));

    private final TestClock clock = new TestClock();
    private final AtomicInteger tokens = new AtomicInteger();

    @Test
    void aKeyAndATokenStandInTheirHeaders() {
        assertThat(headersOf(new SourceAuth.None())).doesNotContainKey("Authorization");
        assertThat(headersOf(new SourceAuth.ApiKey("X-Shop-Key", new Secret("canary-key"))))
                .containsEntry("X-shop-key", "canary-key")
                .containsEntry("X-api-key", "canary-4711");
        assertThat(headersOf(new SourceAuth.Bearer(new Secret("canary-token"))))
                .containsEntry("Authorization", "Bearer canary-token");
    }

    @Test
    void aTokenIsFetchedOnceAndRenewedBeforeItExpires() {
        try (ScriptedSource server = new ScriptedSource(r -> isToken(r) ? token(r, 300) : books(r, 40));
                RestSourceReader reader = reader(server, SendAs.BASIC)) {
            Crawl crawl = reader.crawl("books", ANEW);
            crawl.next();
            clock.pass(Duration.ofSeconds(200));
            crawl.next();
            clock.pass(Duration.ofSeconds(80));
            crawl.next();
            crawl.next();

            assertThat(server.requests())
                    .extracting(r -> r.path() + " " + r.headers().get("Authorization"))
                    .containsExactly(
                            "/oauth/token " + basic("me", "canary secret"),
                            "/v1/books Bearer canary-token-1",
                            "/v1/books Bearer canary-token-1",
                            "/oauth/token " + basic("me", "canary secret"),
                            "/v1/books Bearer canary-token-2",
                            "/v1/books Bearer canary-token-2");
            assertThat(server.requests().get(0).body()).isEqualTo("grant_type=client_credentials&scope=read+all");
        }
    }

    @Test
    void idAndSecretCanStandInTheForm() {
        try (ScriptedSource server = new ScriptedSource(r -> isToken(r) ? token(r, 300) : books(r, 1));
                RestSourceReader reader = reader(server, SendAs.BODY)) {
            rest(reader.crawl("books", ANEW));

            assertThat(server.requests().get(0).headers()).doesNotContainKeys("Authorization", "X-api-key");
            assertThat(server.requests().get(0).body())
                    .isEqualTo("grant_type=client_credentials&scope=read+all&client_id=me&client_secret=canary+secret");
        }
    }

    @Test
    void aTokenRefusedInMidRunIsReplacedAndThePageFetched() {
        try (ScriptedSource server = new ScriptedSource(r -> {
                    if (isToken(r)) {
                        return token(r, 300);
                    }
                    boolean expired = r.number("offset", 0) >= 20
                            && !r.headers().getOrDefault("Authorization", "").endsWith("2");
                    return expired ? Answer.status(401) : books(r, 35);
                });
                RestSourceReader reader = reader(server, SendAs.BASIC)) {
            Crawl crawl = reader.crawl("books", ANEW);

            assertThat(rest(crawl)).isEqualTo(numbers(35));
            assertThat(server.asked())
                    .containsExactly(
                            "/oauth/token?",
                            "/v1/books?limit=10&offset=0",
                            "/v1/books?limit=10&offset=10",
                            "/v1/books?limit=10&offset=20",
                            "/oauth/token?",
                            "/v1/books?limit=10&offset=20",
                            "/v1/books?limit=10&offset=30");
            assertThat(crawl.traffic().requests()).isEqualTo(5);
            assertThat(crawl.traffic().retries()).isEqualTo(1);
        }
    }

    @Test
    void aNewTokenThatIsRefusedTooEndsTheCrawl() {
        try (ScriptedSource server = new ScriptedSource(r -> isToken(r) ? token(r, 300) : Answer.status(401));
                RestSourceReader reader = reader(server, SendAs.BASIC)) {
            assertFails(reader, Kind.REFUSED, "the source answered 401; check the credentials");
            assertThat(server.asked())
                    .filteredOn(asked -> asked.startsWith("/v1"))
                    .hasSize(2);
        }
    }

    @Test
    void manyCrawlsShareOneTokenAndOneRenewal() {
        try (ScriptedSource server = new ScriptedSource(r -> {
                    if (isToken(r)) {
                        return token(r, 300);
                    }
                    return r.headers().getOrDefault("Authorization", "").endsWith("2")
                            ? books(r, 1)
                            : Answer.status(401);
                });
                RestSourceReader reader = reader(server, SendAs.BASIC)) {
            List<CompletableFuture<List<String>>> crawls = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> rest(reader.crawl("books", ANEW))))
                    .toList();

            assertThat(crawls).allSatisfy(crawl -> assertThat(crawl.join()).containsExactly("0"));
            assertThat(tokens).hasValue(2);
        }
    }

    @Test
    void whatTheEndpointOfTokensSaysIsToldWithoutSecrets() {
        try (ScriptedSource server = new ScriptedSource(r -> new Answer(
                        400,
                        "{\"title\":\"Bad\",\"detail\":\"no canary secret\"}".getBytes(StandardCharsets.UTF_8),
                        Map.of(),
                        0));
                RestSourceReader reader = reader(server, SendAs.BASIC)) {
            assertFails(reader, Kind.REFUSED, "Cannot get a token: the source answered 400: Bad, no ***");

            server.script(r -> Answer.json("{\"token\":\"x\"}"));
            assertFails(reader, Kind.WRONG_SHAPE, "sent no usable bearer token");
            server.script(r -> Answer.json("{\"access_token\":\"a\\nb\"}"));
            assertFails(reader, Kind.WRONG_SHAPE, "sent no usable bearer token");
            server.script(r -> Answer.json("<html>"));
            assertFails(reader, Kind.HTML, "a page for people");
        }
    }

    @Test
    void anEndpointOfTokensThatFailsNowAndThenIsAskedAgain() {
        try (ScriptedSource server = new ScriptedSource(
                        r -> r.number() < 3 ? Answer.status(503) : isToken(r) ? token(r, 300) : books(r, 1));
                RestSourceReader reader = reader(server, SendAs.BASIC)) {
            assertThat(rest(reader.crawl("books", ANEW))).containsExactly("0");
        }
    }

    private Map<String, String> headersOf(SourceAuth auth) {
        try (ScriptedSource server = new ScriptedSource(r -> books(r, 1));
                RestSourceReader reader = new RestSourceReader(Declared.source(server.url(), auth, BOOKS), clock)) {
            rest(reader.crawl("books", ANEW));
            return server.requests().get(0).headers();
        }
    }

    private RestSourceReader reader(ScriptedSource server, SendAs sendAs) {
        URI tokenUrl = server.url().resolve("/oauth/token");
        SourceAuth auth = new SourceAuth.ClientCredentials(
                tokenUrl, "me", new Secret("canary secret"), Optional.of("read all"), sendAs);
        return new RestSourceReader(Declared.source(server.url(), auth, BOOKS), clock);
    }

    private static void assertFails(RestSourceReader reader, Kind kind, String message) {
        assertThatThrownBy(() -> reader.crawl("books", ANEW).next())
                .hasMessageContaining(message)
                .hasMessageNotContaining("canary")
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static boolean isToken(Request r) {
        return r.path().equals("/oauth/token");
    }

    private Answer token(Request r, int seconds) {
        assertThat(r.method()).isEqualTo("POST");
        return Answer.json("{\"access_token\":\"canary-token-%d\",\"token_type\":\"bearer\",\"expires_in\":%d}"
                .formatted(tokens.incrementAndGet(), seconds));
    }

    private static Answer books(Request r, int total) {
        return Answer.json("{\"data\":" + numbers(total, r.number("offset", 0), 10) + ",\"total\":" + total + "}");
    }

    private static String basic(String id, String secret) {
        String pair = id + ":" + secret.replace(' ', '+');
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
