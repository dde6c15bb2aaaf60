package dev.galley.ingest.source.rest.http;

import dev.galley.definition.source.RestSource;
import dev.galley.definition.source.RestSource.Method;
import dev.galley.definition.source.SourceAuth;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends single requests for one source: no redirects, one deadline for all of a request, credentials to the source alone. For
 * several threads.
 */
public final class RestClient implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");

    /** Connections kept for the next requests. */
    private static final int KEPT = 64;

    private final Clock clock;
    private final BodyReader bodies;
    private final HostPolicy hosts;
    private final Throttle pace;
    private final Redaction redaction = new Redaction();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Credentials credentials;
    private final OkHttpClient http;

    public RestClient(RestSource source, HttpUrl base, Clock clock, Dns resolver, Sleeper sleeper) {
        this.clock = clock;
        this.bodies =
                new BodyReader(source.limits().maxBodyBytes(), source.limits().maxRatio());
        this.hosts = new HostPolicy(base, source.allowedHosts(), resolver);
        this.pace = new Throttle(source.rate(), clock, sleeper);
        this.http = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(KEPT, 1, TimeUnit.MINUTES))
                .callTimeout(source.limits().requestTimeout())
                .readTimeout(source.limits().requestTimeout())
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionSpecs(specs(source, base))
                .dns(hosts)
                .build();
        source.headers().forEach((name, secret) -> headers.put(name, revealed(secret.reveal())));
        this.credentials = credentials(source.auth(), base);
    }

    /** A source without TLS needs none, and is spared the reading of all certificates; one with TLS never goes without. */
    private static List<ConnectionSpec> specs(RestSource source, HttpUrl base) {
        if (base.isHttps()) {
            return List.of(ConnectionSpec.MODERN_TLS);
        }
        boolean alone = source.allowedHosts().isEmpty() && !(source.auth() instanceof SourceAuth.ClientCredentials);
        return alone ? List.of(ConnectionSpec.CLEARTEXT) : List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);
    }

    private Credentials credentials(SourceAuth auth, HttpUrl base) {
        if (auth instanceof SourceAuth.ApiKey key) {
            return Credentials.fixed(Map.of(key.header(), revealed(key.value().reveal())));
        } else if (auth instanceof SourceAuth.Bearer bearer) {
            return Credentials.fixed(
                    Map.of("Authorization", "Bearer " + revealed(bearer.token().reveal())));
        } else if (auth instanceof SourceAuth.ClientCredentials client) {
            revealed(client.clientSecret().reveal());
            HttpUrl tokenUrl = HttpUrl.get(client.tokenUrl());
            return new TokenCredentials(
                    client,
                    tokenUrl == null ? base : tokenUrl,
                    request -> exchange(
                            request.newBuilder()
                                    .header("Accept", "application/json")
                                    .header("User-Agent", "galley")
                                    .build(),
                            new TrafficMeter()),
                    clock,
                    redaction);
        }
        return Credentials.fixed(Map.of());
    }

    private String revealed(String secret) {
        redaction.add(secret);
        return secret;
    }

    /** Where pages may lead. */
    public HostPolicy hosts() {
        return hosts;
    }

    /** What must not be shown of this source's answers. */
    public Redaction redaction() {
        return redaction;
    }

    /** When requests may be sent. */
    Throttle pace() {
        return pace;
    }

    /**
     * An answer of any status; refused credentials are renewed once, where that may help.
     *
     * @throws SourceException if there is no whole answer
     */
    RestResponse send(PageRequest page, TrafficMeter meter) {
        boolean own = hosts.isSource(page.url());
        Map<String, String> known = own ? credentials.headers() : Map.of();
        RestResponse response = exchange(request(page, known), meter);
        if (response.status() == 401 && own && credentials.renew(known)) {
            meter.retried();
            return exchange(request(page, credentials.headers()), meter);
        }
        return response;
    }

    private Request request(PageRequest page, Map<String, String> known) {
        Request.Builder request = new Request.Builder()
                .url(page.url())
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "galley");
        page.unlessTag().ifPresent(tag -> request.header("If-None-Match", tag));
        if (hosts.isSource(page.url())) {
            headers.forEach(request::header);
            known.forEach(request::header);
        }
        if (page.method() == Method.POST) {
            request.post(RequestBody.create(page.json(), JSON));
        }
        return request.build();
    }

    private RestResponse exchange(Request request, TrafficMeter meter) {
        pace.await(meter);
        meter.sent();
        try {
            hosts.check(request.url());
            Call call = http.newCall(request);
            try (Response response = call.execute()) {
                return new RestResponse(
                        response.code(), response.headers(), body(call, response, meter), clock.instant());
            }
        } catch (HostPolicy.ForbiddenAddressException e) {
            throw new SourceException(Kind.FOREIGN_LINK, reason(e), e);
        } catch (ConnectException e) {
            HttpUrl url = request.url();
            String source = url.scheme() + "://" + url.host() + ":" + url.port();
            throw new SourceException(Kind.UNAVAILABLE, source + " does not answer (" + reason(e) + ")", e);
        } catch (IOException e) {
            throw isUntrusted(e)
                    ? new SourceException(
                            Kind.UNTRUSTED,
                            "the certificate of " + request.url().host() + " is not to be trusted (" + reason(e)
                                    + "); for an authority of your own export"
                                    + " JDK_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE",
                            e)
                    : new SourceException(Kind.UNAVAILABLE, "the connection failed: " + reason(e), e);
        }
    }

    /** As against a handshake that was cut short, which may pass. */
    private static boolean isUntrusted(IOException e) {
        return e instanceof SSLPeerUnverifiedException
                || (e instanceof SSLHandshakeException && e.getCause() instanceof CertificateException);
    }

    /** What is not wanted is not read to its end: the connection is given up. */
    private byte[] body(Call call, Response response, TrafficMeter meter) throws IOException {
        boolean whole = false;
        try {
            byte[] body = response.code() == 200 ? bodies.read(response, meter) : bodies.beginning(response);
            whole = response.code() == 200 || body.length < BodyReader.BEGINNING;
            return body;
        } finally {
            if (!whole) {
                call.cancel();
            }
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
