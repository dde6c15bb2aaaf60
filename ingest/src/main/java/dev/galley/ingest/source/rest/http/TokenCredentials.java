package dev.galley.ingest.source.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.definition.source.SourceAuth;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** A token by OAuth 2 client credentials: fetched when it is needed first, renewed before it expires and when it is refused. */
final class TokenCredentials implements Credentials {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,8192}");

    /** A token is not used in its last moments: requests take time, and clocks differ. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final SourceAuth.ClientCredentials declared;
    private final HttpUrl tokenUrl;
    private final Function<Request, RestResponse> exchange;
    private final Clock clock;
    private final Redaction redaction;
    private Optional<Token> current = Optional.empty();

    /** @param exchange sends a request; gives an answer of any status */
    TokenCredentials(
            SourceAuth.ClientCredentials declared,
            HttpUrl tokenUrl,
            Function<Request, RestResponse> exchange,
            Clock clock,
            Redaction redaction) {
        this.declared = declared;
        this.tokenUrl = tokenUrl;
        this.exchange = exchange;
        this.clock = clock;
        this.redaction = redaction;
    }

    private record Token(Map<String, String> headers, Instant renewAt) {}

    /** Others wait while one fetches, so that a token is fetched once. */
    @Override
    public synchronized Map<String, String> headers() {
        Instant now = clock.instant();
        if (current.filter(token -> now.isBefore(token.renewAt())).isEmpty()) {
            current = Optional.of(fetch(now));
        }
        return current.orElseThrow().headers();
    }

    @Override
    public synchronized boolean renew(Map<String, String> refused) {
        current = current.filter(token -> !token.headers().equals(refused));
        return true;
    }

    private Token fetch(Instant now) {
        try {
            RestResponse response = exchange.apply(request());
            StatusErrors.check(response, now, Duration.ofMinutes(1));
            return token(MAPPER.readTree(response.body()), now);
        } catch (IOException e) {
            throw new SourceException(Kind.MALFORMED, "the token's endpoint did not answer with JSON", e)
                    .during("get a token");
        } catch (SourceException e) {
            throw redaction.apply(e).during("get a token");
        }
    }

    private Request request() {
        FormBody.Builder form = new FormBody.Builder().add("grant_type", "client_credentials");
        declared.scope().ifPresent(scope -> form.add("scope", scope));
        String secret = declared.clientSecret().reveal();
        Request.Builder request = new Request.Builder().url(tokenUrl);
        if (declared.sendAs() == SourceAuth.SendAs.BODY) {
            form.add("client_id", declared.clientId()).add("client_secret", secret);
        } else {
            request.header("Authorization", basic(declared.clientId(), secret));
        }
        return request.post(form.build()).build();
    }

    /** Id and secret are form-encoded first (RFC 6749, 2.3.1). */
    private String basic(String id, String secret) {
        String pair =
                URLEncoder.encode(id, StandardCharsets.UTF_8) + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        redaction.add(encoded);
        return "Basic " + encoded;
    }

    private Token token(JsonNode answer, Instant now) {
        String token = answer.path("access_token").asText("");
        String type = answer.path("token_type").asText("Bearer");
        if (!TOKEN.matcher(token).matches() || !type.equalsIgnoreCase("bearer")) {
            throw new SourceException(Kind.WRONG_SHAPE, "the token's endpoint sent no usable bearer token");
        }
        redaction.add(token);
        return new Token(Map.of("Authorization", "Bearer " + token), renewAt(answer.path("expires_in"), now));
    }

    /** Without a word on its life a token is used until it is refused. */
    private static Instant renewAt(JsonNode expiresIn, Instant now) {
        long seconds = expiresIn.asLong(-1);
        if (seconds < 0) {
            return Instant.MAX;
        }
        Duration life =
                Duration.ofSeconds(Math.min(seconds, Duration.ofDays(365).toSeconds()));
        Duration margin = life.dividedBy(10).compareTo(MARGIN) < 0 ? life.dividedBy(10) : MARGIN;
        return now.plus(life).minus(margin);
    }
}
