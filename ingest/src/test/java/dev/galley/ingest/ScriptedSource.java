package dev.galley.ingest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** A source on a real socket whose answers a test writes; it keeps a log of what it was asked. */
public final class ScriptedSource implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
    private volatile Function<Request, Answer> script;

    public ScriptedSource(Function<Request, Answer> script) {
        this.script = script;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** A request as it came in; {@code number} counts from 1. */
    public record Request(
            int number,
            String method,
            String path,
            Map<String, String> query,
            String body,
            Map<String, String> headers) {
        public int number(String parameter, int otherwise) {
            return Integer.parseInt(query.getOrDefault(parameter, String.valueOf(otherwise)));
        }
    }

    /**
     * What is sent back.
     *
     * @param cut bytes of the body that are held back although {@code Content-Length} promises them
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(int status, byte[] body, Map<String, String> headers, int cut) {
        public static Answer json(String body) {
            return new Answer(
                    200, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"), 0);
        }

        public static Answer bytes(byte[] body) {
            return new Answer(200, body, Map.of("Content-Type", "application/json"), 0);
        }

        public static Answer status(int status) {
            return new Answer(status, new byte[0], Map.of(), 0);
        }

        public Answer with(String header, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(header, value);
            return new Answer(status, body, more, cut);
        }

        public Answer cutBy(int bytes) {
            return new Answer(status, body, headers, bytes);
        }

        public Answer zipped() {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Answer(status, zipped.toByteArray(), headers, cut).with("Content-Encoding", "gzip");
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void script(Function<Request, Answer> next) {
        script = next;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The requests as {@code path?query}, parameters sorted. */
    public List<String> asked() {
        return requests.stream()
                .map(r -> r.path()
                        + r.query().entrySet().stream()
                                .map(p -> p.getKey() + "=" + p.getValue())
                                .collect(Collectors.joining("&", "?", "")))
                .toList();
    }

    /** Over how many connections requests came. */
    public int connections() {
        return clients.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        clients.add(exchange.getRemoteAddress());
        Request request;
        synchronized (requests) {
            request = new Request(
                    requests.size() + 1,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query(exchange.getRequestURI()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().entrySet().stream()
                            .collect(Collectors.toMap(
                                    e -> e.getKey(), e -> e.getValue().get(0))));
            requests.add(request);
        }
        Answer answer = script.apply(request);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        OutputStream out = exchange.getResponseBody();
        out.write(answer.body(), 0, answer.body().length - answer.cut());
        out.flush();
        // Closing a body that owes bytes drops the connection, as a dying server would.
        exchange.close();
    }

    private static Map<String, String> query(URI uri) {
        if (uri.getQuery() == null) {
            return Map.of();
        }
        return Arrays.stream(uri.getQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, TreeMap::new));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
