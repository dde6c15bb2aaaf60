package dev.galley.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bookstore's orders by offset, a page for each of some faults: on for that page, and off again. */
final class FaultyPages implements AutoCloseable {
    static final int SIZE = 20;

    private final URI bookstore;
    private final List<Fault> faults;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param settings a JSON object */
    record Fault(String name, String settings) {}

    FaultyPages(URI bookstore, List<Fault> faults) {
        this.bookstore = bookstore;
        this.faults = List.copyOf(faults);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/orders", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        int offset = Integer.parseInt(exchange.getRequestURI().getQuery().replaceFirst("^.*\\boffset=(\\d+).*$", "$1"));
        Fault fault = faults.get(offset / SIZE);
        send("PUT", "/admin/faults/" + fault.name(), fault.settings());
        String page = send("GET", "/v1/orders?style=offset&limit=" + SIZE + "&offset=" + offset, "");
        String struck = send("GET", "/admin/faults", "");
        send("DELETE", "/admin/faults", "");
        if (!struck.contains("\"count\":1")) {
            throw new IllegalStateException("the fault did not strike: " + struck);
        }
        byte[] body = page.replaceFirst("\"total\":\\d+}$", "\"total\":" + faults.size() * SIZE + "}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String send(String method, String path, String body) throws IOException {
        try {
            HttpRequest request = HttpRequest.newBuilder(bookstore.resolve(path))
                    .method(method, BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
