package dev.galley.ingest.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A source that says every secret it has been told, in every answer that is not a record, written in several ways. */
final class EchoingSource implements AutoCloseable {
    /** What each list answers: a status, a type and a body in which {@code @} stands for the secrets. */
    private static final Map<String, Reply> REPLIES = Map.ofEntries(
            Map.entry("good", json("[1,2]")),
            Map.entry(
                    "unauthorized",
                    new Reply(401, "application/problem+json", "{\"title\":\"no @\",\"detail\":\"@\"}")),
            Map.entry("missing", new Reply(404, "application/json", "{\"title\":\"@\"}")),
            Map.entry("broken", new Reply(500, "application/json", "{\"title\":\"@\",\"detail\":\"@\"}")),
            Map.entry("busy", new Reply(429, "text/plain", "@")),
            Map.entry("moved", new Reply(302, "text/html", "<a href='@'>")),
            Map.entry("html", new Reply(200, "text/html", "<p>@</p>")),
            Map.entry("malformed", json("[{\"a\":\"@\",@")),
            Map.entry("plain", json("@ @")),
            Map.entry("elsewhere", json("{\"rows\":\"@\"}")),
            Map.entry("short", json("[1,2,\"@\"")),
            Map.entry("foreign", json("{\"data\":[1],\"next\":\"http://other.example/@\"}")),
            Map.entry("nowhere", json("{\"data\":[1],\"next\":\"no address: @\"}")),
            Map.entry("circle", json("{\"data\":[1],\"next\":\"?t=@\"}")),
            Map.entry("cursor", json("{\"data\":[1],\"next\":\"@\"}")),
            Map.entry("position", json("{\"data\":[{\"at\":\"@\"}],\"more\":false}")),
            Map.entry("etag", json("[1,2]")),
            Map.entry("ruled", json("{\"error\":\"@\"}")),
            Map.entry("total", json("{\"data\":[1],\"total\":\"@\"}")),
            Map.entry("word", json("[1,{\"a\":@}]")),
            Map.entry("defect", json("[1,{\"a\":NaN,\"b\":\"@\"}]")));

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, List<String>> secrets;

    /** @param secrets that each source has told, by the first part of its path */
    EchoingSource(Map<String, List<String>> secrets) {
        this.secrets = Map.copyOf(secrets);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private record Reply(int status, String type, String body) {}

    private static Reply json(String body) {
        return new Reply(200, "application/json", body);
    }

    static List<String> lists() {
        return REPLIES.keySet().stream().sorted().toList();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        List<String> told = secrets.getOrDefault(path[1], List.of());
        exchange.getRequestBody().readAllBytes();
        if (path[2].equals("token")) {
            send(exchange, token(path[1]), told);
            return;
        }
        String list = path[2].replaceFirst("_cut\\d*$", "");
        // So far into what is shown of an answer that the secret is cut in two.
        int before = list.equals(path[2]) ? 0 : Integer.parseInt(path[2].replaceFirst("^.*_cut", ""));
        Reply reply = REPLIES.getOrDefault(list, json("[]"));
        if (list.equals("etag")) {
            exchange.getResponseHeaders().set("ETag", "\"" + told.get(0) + "\"");
        } else if (list.equals("moved")) {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1/?t=" + told.get(0));
        }
        String body = reply.body().replaceFirst("@", "-".repeat(before) + "@");
        send(exchange, new Reply(reply.status(), reply.type(), body), told);
    }

    private static Reply token(String source) {
        return switch (source) {
            case "refused" -> new Reply(401, "application/json", "{\"title\":\"@\",\"detail\":\"@\"}");
            case "odd" -> json("{\"access_token\":\"@");
            case "wordy" -> json("{\"access_token\":\"a word of @\",\"token_type\":\"@\"}");
            case "shown" -> new Reply(200, "text/html", "<p>@</p>");
            default -> json("{\"access_token\":\"" + CanaryTest.TOKEN + "\",\"expires_in\":300}");
        };
    }

    private static void send(HttpExchange exchange, Reply reply, List<String> told) throws IOException {
        byte[] body = reply.body().replace("@", said(told)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        boolean cut = exchange.getRequestURI().getPath().endsWith("/short");
        exchange.sendResponseHeaders(reply.status(), body.length + (cut ? 10 : 0));
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Each secret as it is, as in an address (both ways), as in JSON and as in HTML. */
    private static String said(List<String> told) {
        StringBuilder all = new StringBuilder();
        for (String secret : told) {
            String address = URLEncoder.encode(secret, StandardCharsets.UTF_8);
            all.append(secret)
                    .append(' ')
                    .append(address)
                    .append(' ')
                    .append(lowerCase(address))
                    .append(' ')
                    .append(secret.replace("/", "\\/"))
                    .append(' ')
                    .append(secret.replace("&", "&amp;"))
                    .append(' ');
        }
        return all.toString().strip();
    }

    private static String lowerCase(String address) {
        StringBuilder lower = new StringBuilder(address);
        for (int i = address.indexOf('%'); i >= 0; i = address.indexOf('%', i + 1)) {
            lower.replace(i, i + 3, address.substring(i, i + 3).toLowerCase(Locale.ROOT));
        }
        return lower.toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
