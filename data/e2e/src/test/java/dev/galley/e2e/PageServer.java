package dev.galley.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A source that costs next to nothing: orders of about 660 bytes, all alike but for their numbers, in pages of any style; and
 * as many parents in one list, with one small record each.
 */
final class PageServer implements AutoCloseable {
    private static final String ORDER = order();
    private static final byte[] TEMPLATE = ORDER.getBytes(StandardCharsets.US_ASCII);
    private static final int NUMBER_AT = ORDER.indexOf("0000000000");
    private static final int DIGITS = 10;

    static {
        // Else the JDK's server takes 40 ms for each answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int orders;
    private volatile int latencyMillis;

    PageServer(int orders) {
        this.orders = orders;
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

    /** Added to each answer from now on. */
    void latency(int millis) {
        latencyMillis = millis;
    }

    /** Of the page that begins after so many orders; of style children, for the child of the parent after so many. */
    String query(String style, int after, int limit) {
        return switch (style) {
            case "children" -> "/parents/" + number(after);
            case "cursor" -> "/cursor?limit=" + limit + (after == 0 ? "" : "&cursor=" + after);
            case "offset" -> "/offset?limit=" + limit + "&offset=" + after;
            default -> "/keyset?limit=" + limit + (after == 0 ? "" : "&after_id=" + number(after - 1));
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        byte[] body = asked.getPath().startsWith("/parents") ? ofTree(asked.getPath()) : page(asked);
        pause();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private byte[] ofTree(String path) {
        String body = path.equals("/parents")
                ? IntStream.range(0, orders)
                        .mapToObj(i -> "{\"id\":\"" + number(i) + "\"}")
                        .collect(Collectors.joining(",", "{\"data\":[", "]}"))
                : "{\"order_id\":\"" + path.substring("/parents/".length())
                        + "\",\"gift\":true,\"text\":\"Get well soon\"}";
        return body.getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] page(URI asked) throws IOException {
        Map<String, String> query = Arrays.stream(asked.getQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
        int from = query.containsKey("after_id")
                ? Integer.parseInt(query.get("after_id").substring(1)) + 1
                : Integer.parseInt(query.getOrDefault("cursor", query.getOrDefault("offset", "0")));
        int to = Math.min(orders, from + limit);
        return body(from, to);
    }

    private byte[] body(int from, int to) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream((to - from + 1) * (TEMPLATE.length + 1) + 100);
        body.write("{\"data\":[".getBytes(StandardCharsets.US_ASCII));
        byte[] order = TEMPLATE.clone();
        for (int i = from; i < to; i++) {
            if (i > from) {
                body.write(',');
            }
            for (int digit = DIGITS - 1, rest = i; digit >= 0; digit--, rest /= 10) {
                order[NUMBER_AT + digit] = (byte) ('0' + rest % 10);
            }
            body.write(order);
        }
        String next = to < orders ? "\"" + to + "\"" : "null";
        body.write(("],\"total\":" + orders + ",\"next_cursor\":" + next + "}").getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private void pause() {
        try {
            if (latencyMillis > 0) {
                Thread.sleep(latencyMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String number(int order) {
        return String.format(Locale.ROOT, "O%010d", order);
    }

    private static String order() {
        String lines = "{\"line_no\":1,\"isbn13\":\"9780306406157\",\"quantity\":2,\"unit_price\":12.99,"
                + "\"discount\":0.00,\"line_total\":25.98}";
        return "{\"order_id\":\"O0000000000\",\"customer_id\":\"C0000417\",\"store_id\":\"S012\",\"channel\":\"web\","
                + "\"status\":\"delivered\",\"placed_at\":\"2026-03-01T10:11:12Z\",\"currency\":\"EUR\","
                + "\"subtotal\":51.96,\"discount_total\":0.00,\"shipping_total\":3.95,\"tax_total\":9.88,"
                + "\"grand_total\":55.91,\"prices_include_tax\":true,\"ship_name\":\"Ada Lovelace\","
                + "\"ship_city\":\"Paris\",\"ship_country\":\"FR\","
                + "\"lines\":[" + lines + "," + lines.replace("\"line_no\":1", "\"line_no\":2") + "],"
                + "\"created_at\":\"2026-03-01T10:11:12Z\",\"updated_at\":\"2026-03-04T08:00:00Z\",\"version\":4,"
                + "\"deleted_at\":null}";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
