package dev.galley.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** A source that sends everything made to fill memory, to an ingest with the usual limits and half of its usual heap. */
class MemoryBombsTest {
    private static final byte[] SPACES = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SMALL = "1,".repeat(1 << 15).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LETTERS = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BRACKETS = "[".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);

    private static final String SOURCES = """
            sources:
              bombs:
                kind: rest
                base_url: ${env:BOMBS_URL}
                concurrency: 1
                retry: {max_attempts: 2, initial_delay: 1ms, max_delay: 1ms, max_retry_after: 50ms}
                limits: {max_pages: 30}
                resources:
                  gzip_bomb: {path: /gzip_bomb}
                  endless_body: {path: /endless_body}
                  many_records: {path: /many_records}
                  endless_pages: {path: /endless_pages, records: /data, paginate: {style: next_url, next: /next}}
                  endless_refusal: {path: /endless_refusal}
                  nested: {path: /nested}
                  endless_header: {path: /endless_header}
                  deep_record: {path: /deep_record}
                  long_text: {path: /long_text}
                  long_number: {path: /long_number}
                  many_keys: {path: /many_keys}
                  large_record: {path: /large_record}
                  late: {path: /late}
            """;

    /** What each resource must come to; of those that are landed, how many records are good and how many are not. */
    private static final Map<String, String> EXPECTED = new TreeMap<>(Map.ofEntries(
            Map.entry("gzip_bomb", "the response unpacks to more than 200 times its size"),
            Map.entry("endless_body", "the response is larger than 67108864 bytes"),
            Map.entry("many_records", "the response holds more than 1000000 records"),
            Map.entry("endless_pages", "max_pages"),
            Map.entry("endless_refusal", "the source answered 500"),
            Map.entry("nested", "the response goes beyond a limit: Document nesting depth"),
            Map.entry("endless_header", "the connection failed"),
            Map.entry("deep_record", "2 records, 1 unreadable"),
            Map.entry("long_text", "2 records, 1 unreadable"),
            Map.entry("long_number", "2 records, 1 unreadable"),
            Map.entry("many_keys", "2 records, 0 unreadable"),
            Map.entry("large_record", "2 records, 0 unreadable"),
            Map.entry("late", "2 records, 0 unreadable")));

    private final AtomicInteger late = new AtomicInteger();

    @Test
    void eachIsRefusedByNameOrLandedInAHeapOf256Megabytes() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", this::send);
        server.start();
        Galley.Ended ended;
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            Galley galley = Galley.shared().pipeline("bombs", SOURCES);
            ended = galley.with("BOMBS_URL", url).with("BOOKSTORE_URL", url).run("256m", "ingest", "bombs", "--json");
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }

        assertThat(ended.err()).doesNotContain("OutOfMemoryError", "StackOverflowError", "\tat ");
        assertThat(ended.code()).as(ended.err()).isEqualTo(8);
        Map<String, String> found = new TreeMap<>();
        for (JsonNode resource : new JsonMapper().readTree(ended.out()).path("resources")) {
            String name = resource.path("resource").asText().replace("bombs.", "");
            found.put(
                    name,
                    resource.path("status").asText().equals("sealed")
                            ? resource.path("records").asInt() + " records, "
                                    + resource.path("unreadable").asInt() + " unreadable"
                            : resource.path("detail").asText());
        }
        assertThat(found).hasSameSizeAs(EXPECTED);
        EXPECTED.forEach(
                (name, expected) -> assertThat(found.get(name)).as(name).contains(expected));
    }

    private void send(HttpExchange exchange) throws IOException {
        String bomb = exchange.getRequestURI().getPath().substring(1);
        switch (bomb) {
            case "gzip_bomb" -> {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                try (OutputStream out = new GZIPOutputStream(begin(exchange, 200), 1 << 12)) {
                    endless(out, SPACES);
                }
            }
            case "endless_body" -> endless(begin(exchange, 200, "[\""), LETTERS);
            case "many_records" -> repeated(exchange, "[", SMALL, 6 << 4, "1]");
            case "nested" -> repeated(exchange, "", BRACKETS, 16, "");
            case "endless_refusal" -> endless(begin(exchange, 500, "{\"title\":\""), LETTERS);
            case "endless_pages" ->
                whole(exchange, "{\"data\":[" + System.nanoTime() + "],\"next\":\"?n=" + System.nanoTime() + "\"}");
            case "endless_header" -> {
                exchange.getResponseHeaders().set("X-Long", "x".repeat(1 << 20));
                whole(exchange, "[1,2]");
            }
            case "deep_record" -> whole(exchange, "[1," + "[".repeat(10_000) + "]".repeat(10_000) + "]");
            case "long_text" -> repeated(exchange, "[1,{\"text\":\"", LETTERS, 50 << 4, "\"}]");
            case "long_number" -> whole(exchange, "[1,{\"number\":" + "7".repeat(10_000) + "}]");
            case "many_keys" -> {
                StringBuilder keys = new StringBuilder("[1,{\"k\":0");
                for (int i = 0; i < 1_000_000; i++) {
                    keys.append(",\"k").append(i).append("\":1");
                }
                whole(exchange, keys.append("}]").toString());
            }
            case "large_record" -> repeated(exchange, "[1,{\"text\":\"", LETTERS, 18 << 4, "\"}]");
            default -> {
                if (late.getAndIncrement() == 0) {
                    exchange.getResponseHeaders().set("Retry-After", "99999999999");
                    begin(exchange, 429);
                    exchange.close();
                } else {
                    whole(exchange, "[1,2]");
                }
            }
        }
    }

    private static void whole(HttpExchange exchange, String body) throws IOException {
        begin(exchange, 200, body);
        exchange.close();
    }

    private static void repeated(HttpExchange exchange, String head, byte[] chunk, int times, String end)
            throws IOException {
        OutputStream out = begin(exchange, 200, head);
        for (int i = 0; i < times; i++) {
            out.write(chunk);
        }
        out.write(end.getBytes(StandardCharsets.US_ASCII));
        exchange.close();
    }

    /** Until the reader hangs up. */
    private static void endless(OutputStream out, byte[] chunk) throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            out.write(chunk);
        }
    }

    private static OutputStream begin(HttpExchange exchange, int status, String head) throws IOException {
        OutputStream out = begin(exchange, status);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        return out;
    }

    private static OutputStream begin(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, 0);
        return exchange.getResponseBody();
    }
}
