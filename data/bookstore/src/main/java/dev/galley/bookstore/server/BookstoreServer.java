package dev.galley.bookstore.server;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.galley.bookstore.fault.FaultInjector;
import dev.galley.bookstore.fault.FaultSwitches;
import dev.galley.bookstore.list.Answer;
import dev.galley.bookstore.list.HttpProblem;
import dev.galley.bookstore.list.ListInterceptor;
import dev.galley.bookstore.list.ListRequest;
import dev.galley.bookstore.list.Resource;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.resource.Resources;
import dev.galley.bookstore.world.BookstoreException;
import dev.galley.bookstore.world.VirtualClock;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Instants;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The HTTP server. Listens from construction until it is closed. */
public final class BookstoreServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FAST_GZIP = 1;

    private final VirtualClock clock;
    private final FaultSwitches faults;
    private final FaultInjector injector;
    private final Auth auth;
    private final int maxLimit;
    private final String host;
    private final Javalin app;

    /** On any free port if {@code port} is 0. */
    public BookstoreServer(
            World world, VirtualClock clock, FaultSwitches faults, Auth auth, int maxLimit, String host, int port) {
        this.clock = clock;
        this.faults = faults;
        this.maxLimit = maxLimit;
        this.host = host;
        this.auth = auth;
        injector = new FaultInjector(faults, auth::expireTokens);
        app = Javalin.create(BookstoreServer::configure);
        for (Resource resource : Resources.of(world)) {
            if (resource.name().equals("payments")) {
                app.post("/v1/payments/search", context -> list(resource, context, bodyParameters(context)));
            } else {
                app.get("/v1/" + resource.name(), context -> list(resource, context, queryParameters(context)));
            }
            app.get("/v1/" + resource.name() + "/{id}", context -> one(resource, context));
        }
        app.get("/healthz", context -> context.json("{\"status\":\"up\"}"));
        app.get("/readyz", context -> context.json("{\"status\":\"ready\"}"));
        byte[] description = description();
        app.get(
                "/openapi.json",
                context -> context.contentType("application/json").result(description));
        new AdminRoutes(world, clock, faults).routes(app);
        auth.routes(app);
        problems();
        app.start(host, port);
    }

    public URI url() {
        return URI.create("http://" + host + ":" + app.port());
    }

    @Override
    public void close() {
        app.stop();
    }

    private static void configure(JavalinConfig config) {
        config.showJavalinBanner = false;
        config.http.gzipOnlyCompression(FAST_GZIP);
    }

    private void list(Resource resource, Context context, Map<String, String> parameters)
            throws IOException, InterruptedException {
        admit(resource, context);
        ListInterceptor interceptor = injector.inList(resource.name());
        interceptor.before(clock);
        String url = context.scheme() + "://" + context.host() + context.path();
        ListRequest request = new ListRequest(url, parameters, maxLimit, interceptor);
        WorldView view = faults.view(clock.now());
        Answer good = resource.list(request, view.at(interceptor.seenAt(view.now())));
        Answer answer = injector.inAnswer(resource.name(), good);
        context.header("X-Server-Time", Instants.text(view.now()));
        send(resource, context, answer);
    }

    private void one(Resource resource, Context context) throws IOException, InterruptedException {
        admit(resource, context);
        String id = context.pathParam("id");
        Answer answer = resource.one(id, faults.view(clock.now()))
                .orElseThrow(() -> HttpProblem.notFound("there is no " + resource.name() + "/" + id));
        send(resource, context, answer);
    }

    private void admit(Resource resource, Context context) throws InterruptedException {
        injector.inRequest(resource.name());
        auth.check(context);
    }

    private void send(Resource resource, Context context, Answer answer) throws IOException, InterruptedException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(context::header);
        String etag = etag(body, context);
        context.header("ETag", etag).header("Vary", "Accept-Encoding");
        if (isKnown(etag, context)) {
            context.status(304);
            return;
        }
        String contentType = answer.headers().getOrDefault("Content-Type", "application/json");
        if (!injector.inConnection(resource.name(), context, contentType, body)) {
            context.contentType(contentType).result(body);
        }
    }

    /** A strong tag names bytes: compressed they are others. */
    private static String etag(byte[] body, Context context) {
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        String coding = Optional.ofNullable(context.header("Accept-Encoding"))
                .filter(accepted -> accepted.contains("gzip"))
                .map(accepted -> "-gz")
                .orElse("");
        return "\"" + Long.toHexString(checksum.getValue()) + "-" + Integer.toHexString(body.length) + coding + "\"";
    }

    private static boolean isKnown(String etag, Context context) {
        String known = Optional.ofNullable(context.header("If-None-Match")).orElse("");
        return Arrays.stream(known.split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
    }

    private static Map<String, String> queryParameters(Context context) {
        Map<String, String> parameters = new HashMap<>();
        context.queryParamMap().forEach((name, values) -> parameters.put(name, values.get(values.size() - 1)));
        return parameters;
    }

    private static Map<String, String> bodyParameters(Context context) {
        Map<String, String> parameters = new HashMap<>();
        JsonNode body = body(context);
        body.properties().forEach(field -> {
            if (!field.getValue().isValueNode()) {
                throw HttpProblem.badRequest(field.getKey() + " must be a text or a number");
            }
            if (!field.getValue().isNull()) {
                parameters.put(field.getKey(), field.getValue().asText());
            }
        });
        return parameters;
    }

    /** An empty body is an empty object. */
    static JsonNode body(Context context) {
        try {
            JsonNode body = context.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(context.body());
            if (!body.isObject()) {
                throw HttpProblem.badRequest("the body must be a JSON object");
            }
            return body;
        } catch (JacksonException e) {
            throw HttpProblem.badRequest("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private void problems() {
        app.exception(HttpProblem.class, (problem, context) -> {
            problem.headers().forEach(context::header);
            problem(context, problem.status(), problem.title(), problem.getMessage());
        });
        app.exception(
                BookstoreException.class,
                (refusal, context) -> problem(context, 422, "Unprocessable content", refusal.getMessage()));
        app.exception(
                HttpResponseException.class,
                (refusal, context) -> problem(context, refusal.getStatus(), "Refused", refusal.getMessage()));
    }

    private static void problem(Context context, int status, String title, @Nullable String detail) {
        String body = JSON.createObjectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("instance", context.path())
                .toString();
        context.status(status).contentType("application/problem+json").result(body);
    }

    private static byte[] description() {
        try (InputStream file = BookstoreServer.class.getResourceAsStream("/openapi.json")) {
            return Objects.requireNonNull(file, "openapi.json is on the class path")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read openapi.json", e);
        }
    }
}
