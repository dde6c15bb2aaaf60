package dev.galley.ingest.source.rest;

import static dev.galley.ingest.source.rest.Crawling.ANEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.galley.definition.source.RestSource.Limits;
import dev.galley.ingest.Declared;
import dev.galley.ingest.ScriptedSource;
import dev.galley.ingest.ScriptedSource.Answer;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Answers made to fill memory: they are read no further than the limits. */
class BoundsTest {
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(20), 8 << 20, 200, 50, 1 << 20, 1_000, 10, Duration.ofHours(1));

    /** What the sockets on both sides may hold beyond what was read. */
    private static final long IN_FLIGHT = 16 << 20;

    @Test
    void aBodyWithoutEndIsReadToItsLimit() throws IOException {
        AtomicLong sent = new AtomicLong();
        byte[] chunk = ("\"" + "x".repeat(65_533) + "\",").getBytes(StandardCharsets.UTF_8);
        HttpServer server = serving(out -> {
            out.write('[');
            while (sent.addAndGet(chunk.length) < 1L << 40) {
                out.write(chunk);
            }
        });
        try {
            assertFails(server, Kind.TOO_LARGE, "larger than 8388608 bytes; ask for smaller pages or raise max_body");
            assertThat(sent.get()).isBetween(LIMITS.maxBodyBytes(), LIMITS.maxBodyBytes() + IN_FLIGHT);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aGzipStreamWithoutEndIsUnpackedToItsRatio() throws IOException {
        AtomicLong packed = new AtomicLong();
        byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        HttpServer server = server(200, true, out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 12)) {
                while (packed.addAndGet(spaces.length) < 1L << 36) {
                    gzip.write(spaces);
                }
            }
        });
        try {
            assertFails(server, Kind.TOO_LARGE, "unpacks to more than 200 times its size");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theBodyOfARefusalIsReadAtItsBeginningOnly() throws IOException {
        AtomicLong sent = new AtomicLong();
        byte[] chunk = new byte[1 << 16];
        HttpServer server = server(404, false, out -> {
            while (sent.addAndGet(chunk.length) < 1L << 40) {
                out.write(chunk);
            }
        });
        try {
            assertFails(server, Kind.REFUSED, "the source answered 404");
            assertThat(sent.get()).isLessThan(IN_FLIGHT);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aTextANumberAndNestingBeyondTheirLimitsAreKeptAsDefects() {
        List<ReceivedRecord> texts = records("[1,"
                + "{\"a\":\"" + "x".repeat(1 << 20) + "y\"},"
                + "{\"a\":[\"" + "x".repeat(1 << 20) + "\"]},"
                + "\"" + "z".repeat((1 << 20) + 1) + "\",2]");
        List<ReceivedRecord> others = records("[1,{\"digits\":" + "7".repeat(1_001) + "},{\"deep\":" + "[".repeat(50)
                + "]".repeat(50) + "},{\"digits\":" + "7".repeat(1_000) + "}]");

        assertThat(texts).extracting(r -> r.defect().isEmpty()).containsExactly(true, false, true, false, true);
        assertThat(texts.get(1).defect()).contains("a text of 1048577 characters; the most is 1048576");
        assertThat(others).extracting(r -> r.defect().isEmpty()).containsExactly(true, false, false, true);
    }

    @Test
    void aMillionKeysAreARecordOrARefusal() {
        StringBuilder keys = new StringBuilder("[{\"k\":0");
        for (int i = 0; i < 400_000; i++) {
            keys.append(",\"k").append(i).append("\":1");
        }

        assertThat(records(keys.append("}]").toString())).hasSize(1);
    }

    private static List<ReceivedRecord> records(String body) {
        try (ScriptedSource server = new ScriptedSource(r -> Answer.json(body));
                RestSourceReader reader = new RestSourceReader(
                        Declared.source(server.url(), LIMITS, Declared.list("books")), new TestClock())) {
            return reader.crawl("books", ANEW).next().orElseThrow().records();
        }
    }

    private static void assertFails(HttpServer server, Kind kind, String message) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (RestSourceReader reader =
                new RestSourceReader(Declared.source(url, LIMITS, Declared.list("books")), new TestClock())) {
            assertThatThrownBy(() -> reader.crawl("books", ANEW).next())
                    .hasMessageContaining(message)
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
        }
    }

    private interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private static HttpServer serving(Body body) throws IOException {
        return server(200, false, body);
    }

    private static HttpServer server(int status, boolean packed, Body body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (packed) {
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            }
            exchange.sendResponseHeaders(status, 0);
            body.writeTo(exchange.getResponseBody());
        });
        server.start();
        return server;
    }
}
