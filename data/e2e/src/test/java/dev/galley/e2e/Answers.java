package dev.galley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/**
 * A source that answers as it is told, below {@code /<case>}: the first answer that fits a request is sent. Of an answer,
 * {@code path} must be the request's, {@code asked} names parameters and their values (null: must be absent), {@code nights}
 * those in which it fits, {@code seconds} how long after the first request for the path. What is sent are {@code status},
 * {@code headers} and {@code json}, {@code text} or {@code base64}, packed if {@code gzip} says so.
 */
final class Answers implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, JsonNode> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> nights = new ConcurrentHashMap<>();
    private final Map<String, Long> firstAsked = new ConcurrentHashMap<>();

    Answers() {
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The answers of a case from now on, as a JSON list. */
    void of(String name, String list) {
        try {
            answers.put(name, JSON.readTree(list));
            nights.put(name, 1);
        } catch (IOException e) {
            throw new UncheckedIOException("the answers of " + name, e);
        }
    }

    void night(String name, int night) {
        nights.put(name, night);
    }

    private void handle(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        String[] parts = asked.getPath().split("/", 3);
        String path = "/" + (parts.length > 2 ? parts[2] : "");
        Map<String, String> parameters = parameters(asked);
        JsonNode none = JSON.createObjectNode().put("status", 404);
        JsonNode answer = none;
        for (JsonNode each : answers.getOrDefault(parts[1], JSON.createArrayNode())) {
            if (answer.equals(none) && fits(each, parts[1], path, parameters)) {
                answer = each;
            }
        }
        send(exchange, answer);
    }

    private boolean fits(JsonNode answer, String name, String path, Map<String, String> parameters) {
        if (!answer.path("path").asText().equals(path)) {
            return false;
        }
        List<Integer> fitting = new ArrayList<>();
        answer.path("nights").forEach(night -> fitting.add(night.asInt()));
        if (!fitting.isEmpty() && !fitting.contains(nights.getOrDefault(name, 1))) {
            return false;
        }
        long first = firstAsked.computeIfAbsent(name + path, key -> System.nanoTime());
        double seconds = (System.nanoTime() - first) / 1e9;
        if (answer.has("seconds") && seconds > answer.path("seconds").asDouble()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> wanted : answer.path("asked").properties()) {
            String given = parameters.get(wanted.getKey());
            if (wanted.getValue().isNull()
                    ? given != null
                    : !wanted.getValue().asText().equals(given)) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> parameters(URI asked) {
        Map<String, String> parameters = new TreeMap<>();
        String query = asked.getRawQuery() == null ? "" : asked.getRawQuery();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.putIfAbsent(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, JsonNode answer) throws IOException {
        byte[] body = body(answer);
        if (answer.path("gzip").asBoolean()) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(body);
            }
            body = packed.toByteArray();
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        for (JsonNode header : answer.path("headers")) {
            String[] parts = header.asText().split(": ?", 2);
            String value =
                    parts[1].replace("{host}", exchange.getRequestHeaders().getFirst("Host"));
            if (parts[0].equals("Content-Type")) {
                exchange.getResponseHeaders().set(parts[0], value);
            } else {
                exchange.getResponseHeaders().add(parts[0], value);
            }
        }
        exchange.sendResponseHeaders(answer.path("status").asInt(200), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] body(JsonNode answer) throws IOException {
        if (answer.has("base64")) {
            return Base64.getDecoder().decode(answer.path("base64").asText());
        } else if (answer.has("text")) {
            return answer.path("text").asText().getBytes(StandardCharsets.UTF_8);
        }
        return answer.has("json") ? JSON.writeValueAsBytes(answer.path("json")) : new byte[0];
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
