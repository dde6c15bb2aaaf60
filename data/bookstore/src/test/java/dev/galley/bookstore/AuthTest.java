package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.server.AccessTokens;
import dev.galley.bookstore.server.Auth;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthTest {
    private static final String FORM = "grant_type=client_credentials&client_id=galley&client_secret=";

    @TempDir
    Path state = Path.of("");

    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-05-01T00:00:00Z"));

    @Test
    void withoutALockAllMayRead() {
        try (RunningBookstore bookstore = new RunningBookstore(state, RunningBookstore.small(1))) {
            assertThat(bookstore.get("/v1/stores").statusCode()).isEqualTo(200);
            assertThat(bookstore.send("POST", "/oauth/token", "").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aKeyOpensAndTheRestIsRefusedWithAChallenge() {
        try (RunningBookstore bookstore = locked(Auth.Lock.API_KEY)) {
            assertThat(bookstore.get("/v1/stores", "X-API-Key", "s3cret").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> refused = bookstore.get("/v1/stores", "X-API-Key", "guess");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("ApiKey");
            assertThat(refused.body()).contains("\"status\":401").doesNotContain("s3cret", "guess");
            assertThat(bookstore.get("/v1/stores/x").statusCode()).isEqualTo(401);
            assertThat(bookstore.get("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aBearerOpens() {
        try (RunningBookstore bookstore = locked(Auth.Lock.BEARER)) {
            assertThat(bookstore
                            .get("/v1/stores", "Authorization", "Bearer s3cret")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(bookstore
                            .get("/v1/stores", "Authorization", "Basic s3cret")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(bookstore.send("POST", "/v1/payments/search", "{}").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aTokenIsGrantedForClientAndSecretAndExpires() {
        try (RunningBookstore bookstore = locked(Auth.Lock.OAUTH2)) {
            assertThat(grant(bookstore, FORM + "wrong").statusCode()).isEqualTo(401);
            assertThat(grant(bookstore, "grant_type=password").body()).contains("unsupported_grant_type");
            JsonNode granted = RunningBookstore.parse(grant(bookstore, FORM + "s3cret"));
            assertThat(granted.get("expires_in").asInt()).isEqualTo(300);
            assertThat(granted.get("token_type").asText()).isEqualTo("Bearer");
            String bearer = "Bearer " + granted.get("access_token").asText();
            assertThat(stores(bookstore, bearer)).isEqualTo(200);
            pass(299);
            assertThat(stores(bookstore, bearer)).isEqualTo(200);
            pass(1);
            assertThat(stores(bookstore, bearer)).isEqualTo(401);
            assertThat(bookstore
                            .get("/v1/stores", "Authorization", bearer)
                            .headers()
                            .firstValue("WWW-Authenticate"))
                    .contains("Bearer error=\"invalid_token\"");
            assertThat(stores(bookstore, "Bearer s3cret")).isEqualTo(401);
        }
    }

    @Test
    void clientAndSecretMayComeAsBasicCredentials() {
        try (RunningBookstore bookstore = locked(Auth.Lock.OAUTH2)) {
            String basic = Base64.getEncoder().encodeToString("galley:s3cret".getBytes(StandardCharsets.UTF_8));
            HttpResponse<String> answer = bookstore.post(
                    "/oauth/token",
                    "grant_type=" + URLEncoder.encode("client_credentials", StandardCharsets.UTF_8),
                    "Content-Type",
                    "application/x-www-form-urlencoded",
                    "Authorization",
                    "Basic " + basic);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    /** 18 of the fault catalogue. */
    @Test
    void tokensMayExpireInMidRun() {
        try (RunningBookstore bookstore = locked(Auth.Lock.OAUTH2)) {
            String first = token(bookstore);
            bookstore.send("PUT", "/admin/faults/token_expired", "{\"every\":3,\"times\":1}");
            assertThat(stores(bookstore, first)).isEqualTo(200);
            assertThat(stores(bookstore, first)).isEqualTo(200);
            assertThat(stores(bookstore, first)).isEqualTo(401);
            assertThat(stores(bookstore, first)).as("it is gone for good").isEqualTo(401);
            assertThat(stores(bookstore, token(bookstore))).isEqualTo(200);
            assertThat(RunningBookstore.parse(bookstore.get("/admin/faults"))
                            .at("/token_expired/count")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    private RunningBookstore locked(Auth.Lock lock) {
        AccessTokens tokens = new AccessTokens(time::get, Duration.ofMinutes(5));
        return new RunningBookstore(state, RunningBookstore.small(1), new Auth(lock, "galley", "s3cret", tokens));
    }

    private void pass(int seconds) {
        time.updateAndGet(instant -> instant.plusSeconds(seconds));
    }

    private static String token(RunningBookstore bookstore) {
        return "Bearer "
                + RunningBookstore.parse(grant(bookstore, FORM + "s3cret"))
                        .get("access_token")
                        .asText();
    }

    private static HttpResponse<String> grant(RunningBookstore bookstore, String form) {
        return bookstore.post("/oauth/token", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    private static int stores(RunningBookstore bookstore, String bearer) {
        return bookstore.get("/v1/stores", "Authorization", bearer).statusCode();
    }
}
