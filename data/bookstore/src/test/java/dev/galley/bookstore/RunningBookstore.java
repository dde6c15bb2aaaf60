package dev.galley.bookstore;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.galley.bookstore.fault.FaultSwitches;
import dev.galley.bookstore.server.AccessTokens;
import dev.galley.bookstore.server.Auth;
import dev.galley.bookstore.server.BookstoreServer;
import dev.galley.bookstore.world.VirtualClock;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.WorldSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on a free port and a client that walks its lists as each wants to be walked. */
final class RunningBookstore implements AutoCloseable {
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final int MAX_LIMIT = 1_000;

    final World world;
    final VirtualClock clock;
    final FaultSwitches faults;
    final BookstoreServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningBookstore(Path state, WorldSettings settings) {
        this(
                state,
                settings,
                new Auth(Auth.Lock.NONE, "", "", new AccessTokens(InstantSource.system(), Auth.USUAL_LIFETIME)));
    }

    RunningBookstore(Path state, WorldSettings settings, Auth auth) {
        world = World.of(settings);
        clock = VirtualClock.in(state, settings.firstNow());
        faults = new FaultSwitches(world, state);
        server = new BookstoreServer(world, clock, faults, auth, MAX_LIMIT, "127.0.0.1", 0);
    }

    /** 40 days of 60 orders. */
    static WorldSettings small(long seed) {
        return new WorldSettings(seed, LocalDate.of(2026, 2, 20), 40, 60, 1);
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> send(String method, String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send(HttpRequest.newBuilder(uri(path))
                .POST(BodyPublishers.ofString(body))
                .headers(headers)
                .build());
    }

    List<JsonNode> books(String since, int size) {
        List<JsonNode> all = new ArrayList<>();
        for (int page = 1; ; page++) {
            HttpResponse<String> answer = get("/v1/books?page=" + page + "&per_page=" + size + since(since));
            parse(answer).forEach(all::add);
            if (all.size()
                    >= Integer.parseInt(
                            answer.headers().firstValue("X-Total-Count").orElseThrow())) {
                return all;
            }
        }
    }

    List<JsonNode> offers(String since, int size) {
        List<JsonNode> all = new ArrayList<>();
        while (true) {
            JsonNode answer = parse(get("/v1/offers?offset=" + all.size() + "&limit=" + size + since(since)));
            answer.get("data").forEach(all::add);
            if (all.size() >= answer.get("total").asInt()) {
                return all;
            }
        }
    }

    List<JsonNode> orders(String since, int size) {
        List<JsonNode> all = new ArrayList<>();
        String path = "/v1/orders?limit=" + size + since(since);
        while (true) {
            HttpResponse<String> answer = get(path);
            parse(answer).forEach(all::add);
            Matcher next = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
            if (!next.matches()) {
                return all;
            }
            path = next.group(1);
        }
    }

    List<JsonNode> payments(String since, int size) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        while (true) {
            String window = since.isEmpty() ? "" : ",\"updated_since\":\"" + since + "\"";
            JsonNode answer = parse(send("POST", "/v1/payments/search", "{\"limit\":" + size + window + cursor + "}"));
            answer.get("data").forEach(all::add);
            if (answer.get("next_cursor").isNull()) {
                return all;
            }
            cursor = ",\"cursor\":" + answer.get("next_cursor");
        }
    }

    List<JsonNode> customers(String since, int size) {
        List<JsonNode> all = new ArrayList<>();
        String after = since(since);
        while (true) {
            JsonNode page = parse(get("/v1/customers?limit=" + size + after)).get("data");
            page.forEach(all::add);
            if (page.size() < size) {
                return all;
            }
            JsonNode last = page.get(size - 1);
            after = since(last.get("updated_at").asText()) + "&after_id="
                    + last.get("customer_id").asText();
        }
    }

    List<JsonNode> authors(int size) {
        List<JsonNode> all = new ArrayList<>();
        for (int page = 1; ; page++) {
            JsonNode answer = parse(get("/v1/authors?page=" + page + "&per_page=" + size));
            answer.get("data").forEach(all::add);
            if (!answer.get("has_more").asBoolean()) {
                return all;
            }
        }
    }

    List<JsonNode> carts(String since, int size) {
        List<JsonNode> all = new ArrayList<>();
        String path = "/v1/carts?limit=" + size + since(since);
        while (true) {
            JsonNode answer = parse(get(path));
            answer.get("data").forEach(all::add);
            if (answer.get("next").isNull()) {
                return all;
            }
            path = answer.get("next").asText();
        }
    }

    List<JsonNode> shipments(String since, int size) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = since(since);
        while (true) {
            HttpResponse<String> answer = get("/v1/shipments?limit=" + size + cursor);
            parse(answer).forEach(all::add);
            Optional<String> next = answer.headers().firstValue("X-Next-Cursor");
            if (next.isEmpty()) {
                return all;
            }
            cursor = "&cursor=" + next.get();
        }
    }

    List<JsonNode> changes(long after, int size) {
        List<JsonNode> all = new ArrayList<>();
        long position = after;
        while (true) {
            JsonNode answer = parse(get("/v1/changes?after=" + position + "&limit=" + size));
            answer.get("data").forEach(all::add);
            if (!answer.get("has_more").asBoolean()) {
                return all;
            }
            position = all.get(all.size() - 1).get("position").asLong();
        }
    }

    /** A list that comes in one answer. */
    List<JsonNode> whole(String path) {
        JsonNode answer = parse(get(path));
        List<JsonNode> all = new ArrayList<>();
        (answer.isArray() ? answer : answer.get("data")).forEach(all::add);
        return all;
    }

    static JsonNode parse(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.uri() + " answered what is not JSON: " + answer.body(), e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return path.startsWith("http") ? URI.create(path) : server.url().resolve(path);
    }

    private static String since(String instant) {
        return instant.isEmpty() ? "" : "&updated_since=" + instant;
    }
}
