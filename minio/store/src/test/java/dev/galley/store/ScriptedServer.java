package dev.galley.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.galley.definition.settings.Settings;
import dev.galley.definition.yaml.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers each request with the next step of a script: for what a real server does once in a long while. */
final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Step> script = new ConcurrentLinkedDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    Settings.Store settings() {
        return new Settings.Store(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                "us-east-1",
                "lake",
                "key",
                new Secret("very-secret-secret"));
    }

    /** The requests so far, as {@code PUT /lake/key}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    ScriptedServer then(Step step) {
        script.add(step);
        return this;
    }

    ScriptedServer thenError(int status, String code) {
        return then(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/xml");
            send(exchange, status, "<Error><Code>" + code + "</Code><Message>as scripted</Message></Error>");
        });
    }

    ScriptedServer thenDropConnection() {
        return then(HttpExchange::close);
    }

    ScriptedServer thenStored(String etag) {
        return then(exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"" + etag + "\"");
            exchange.sendResponseHeaders(200, -1);
        });
    }

    ScriptedServer thenHead(String etag, long size) {
        return then(exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"" + etag + "\"");
            exchange.getResponseHeaders().add("Last-Modified", "Sat, 21 Nov 2026 11:30:00 GMT");
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(size));
            exchange.sendResponseHeaders(200, -1);
        });
    }

    ScriptedServer thenContent(String content) {
        return then(exchange -> send(exchange, 200, content));
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        exchange.getRequestBody().readAllBytes();
        Step step = script.poll();
        try (exchange) {
            if (step == null) {
                send(exchange, 418, "the script is over");
            } else {
                step.answer(exchange);
            }
        }
    }

    interface Step {
        void answer(HttpExchange exchange) throws IOException;
    }
}
