package dev.galley.ingest.source.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.spec.RestSource;
import dev.galley.spec.RestSource.Method;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import okhttp3.ConnectionSpec;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Sends single requests to one source: no redirects, one deadline for all of a request. For several threads. */
final class RestClient implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final MediaType JSON = MediaType.get("application/json");

    private final RestSource source;
    private final Clock clock;
    private final BodyReader bodies;
    private final OkHttpClient http;

    RestClient(RestSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
        this.bodies = new BodyReader(source.limits().maxBodyBytes());
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .callTimeout(source.limits().requestTimeout())
                .readTimeout(source.limits().requestTimeout())
                .followRedirects(false)
                .followSslRedirects(false)
                .dns(new GuardedDns());
        if ("http".equals(source.baseUrl().getScheme())) {
            // Else the client reads all certificates of the JDK first.
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        }
        this.http = builder.build();
    }

    /** @throws SourceException if there is no whole answer with status 200 */
    RestResponse send(PageRequest page) {
        try (Response response = http.newCall(request(page)).execute()) {
            Refusals.check(response, clock.instant(), source.retry().maxRetryAfter());
            RestResponse whole = new RestResponse(response.headers(), bodies.read(response), clock.instant());
            requireNoHtml(whole);
            return whole;
        } catch (IOException e) {
            throw new SourceException(Kind.UNAVAILABLE, "the connection failed: " + reason(e), e);
        }
    }

    private Request request(PageRequest page) {
        Request.Builder request = new Request.Builder()
                .url(page.url())
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "galley");
        source.headers().forEach((name, secret) -> request.header(name, secret.reveal()));
        if (page.method() == Method.POST) {
            request.post(RequestBody.create(json(page), JSON));
        }
        return request.build();
    }

    private static byte[] json(PageRequest page) {
        try {
            return MAPPER.writeValueAsBytes(page.parameters());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings and numbers are always JSON", e);
        }
    }

    private static void requireNoHtml(RestResponse response) {
        boolean said = response.header("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                .orElse(false);
        byte[] body = Utf8.withoutMark(response.body());
        if (said || (body.length > 0 && body[0] == '<')) {
            throw new SourceException(
                    Kind.HTML,
                    "the answer is a page for people, not JSON: " + Utf8.excerpt(body)
                            + "; check base_url and credentials");
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
