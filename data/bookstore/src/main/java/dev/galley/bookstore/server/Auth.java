package dev.galley.bookstore.server;

import dev.galley.bookstore.list.HttpProblem;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.security.BasicAuthCredentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/** Who may read what stands under /v1, and how they show it. */
public final class Auth {
    /** What a client must bring. */
    public enum Lock {
        NONE,
        /** The secret in the header X-API-Key. */
        API_KEY,
        /** The secret as a bearer token. */
        BEARER,
        /** A bearer token that POST /oauth/token gave for client and secret (RFC 6749, 4.4). */
        OAUTH2
    }

    public static final Duration USUAL_LIFETIME = Duration.ofMinutes(5);

    private static final String BEARER = "Bearer ";

    private final Lock lock;
    private final String client;
    private final String secret;
    private final AccessTokens tokens;

    public Auth(Lock lock, String client, String secret, AccessTokens tokens) {
        this.lock = lock;
        this.client = client;
        this.secret = secret;
        this.tokens = tokens;
    }

    void routes(Javalin app) {
        if (lock == Lock.OAUTH2) {
            app.post("/oauth/token", this::grant);
        }
    }

    /** Throws a problem with status 401 if the request may not come in. */
    void check(Context context) {
        boolean welcome = switch (lock) {
            case NONE -> true;
            case API_KEY -> matches(secret, Optional.ofNullable(context.header("X-API-Key")));
            case BEARER -> matches(secret, bearer(context));
            case OAUTH2 -> bearer(context).filter(tokens::accepts).isPresent();
        };
        if (!welcome) {
            throw lock == Lock.API_KEY
                    ? HttpProblem.unauthorized("the header X-API-Key is missing or wrong", "ApiKey")
                    : HttpProblem.invalidToken();
        }
    }

    void expireTokens() {
        tokens.expireAll();
    }

    private void grant(Context context) {
        context.contentType("application/json").header("Cache-Control", "no-store");
        if (!"client_credentials".equals(context.formParam("grant_type"))) {
            context.status(400).result("{\"error\":\"unsupported_grant_type\"}");
            return;
        }
        BasicAuthCredentials basic = context.basicAuthCredentials();
        String id = basic == null ? context.formParam("client_id") : basic.getUsername();
        String shown = basic == null ? context.formParam("client_secret") : basic.getPassword();
        if (matches(client, Optional.ofNullable(id)) && matches(secret, Optional.ofNullable(shown))) {
            context.result("{\"access_token\":\"" + tokens.issue() + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                    + tokens.lifetime().toSeconds() + "}");
        } else {
            context.status(401).header("WWW-Authenticate", "Basic").result("{\"error\":\"invalid_client\"}");
        }
    }

    private static Optional<String> bearer(Context context) {
        return Optional.ofNullable(context.header("Authorization"))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    private static boolean matches(String expected, Optional<String> shown) {
        return shown.map(text -> MessageDigest.isEqual(bytes(expected), bytes(text)))
                .orElse(false);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
