package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Faults 12 and 15 to 17 of the catalogue: the status, and the way in which bytes come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionFaultsTest {
    private static final String PATH = "/v1/tax_rules";

    private final HttpClient client = HttpClient.newHttpClient();
    private RunningBookstore bookstore;
    private String good = "";

    @BeforeAll
    void start(@TempDir Path state) {
        bookstore = new RunningBookstore(state, RunningBookstore.small(5));
        good = bookstore.get(PATH).body();
    }

    @AfterEach
    void heal() {
        bookstore.send("DELETE", "/admin/faults", "");
    }

    @AfterAll
    void stop() {
        bookstore.close();
    }

    @Test
    void bodiesAreCutBeforeTheLengthThatWasPromised() { // 12
        put("cut_body", "{\"kind\":\"content_length\",\"times\":1}");
        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class).hasMessageContaining("bytes");
        assertThat(bookstore.get(PATH).body()).isEqualTo(good);
    }

    @Test
    void chunksAreCut() { // 12
        put("cut_body", "{\"kind\":\"chunked\",\"times\":1}");
        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
        assertThat(bookstore.get(PATH).body()).isEqualTo(good);
    }

    @Test
    void compressedBodiesAreBroken() throws IOException, InterruptedException { // 12
        put("cut_body", "{\"kind\":\"gzip\",\"times\":1}");
        HttpResponse<byte[]> answer = fetch();
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
        GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(answer.body()));
        assertThatThrownBy(gzip::readAllBytes).isInstanceOf(EOFException.class);
    }

    @Test
    void tooManyRequestsComeInBurstsAndMaySayNothingOrMuch() { // 15
        put("http_429", "{\"every\":5,\"burst\":3,\"retry_after\":86400}");
        assertThat(statuses(12)).containsExactly(200, 200, 200, 200, 429, 429, 429, 200, 200, 429, 429, 429);
        put("http_429", "{\"every\":1,\"absent\":true,\"times\":1}");
        HttpResponse<String> silent = bookstore.get(PATH);
        assertThat(silent.statusCode()).isEqualTo(429);
        assertThat(silent.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void theServerFailsOnceOrAfterSomeData() { // 16
        put("http_503", "{\"every\":1,\"times\":1,\"status\":502}");
        assertThat(statuses(3)).containsExactly(502, 200, 200);
        put("http_503", "{\"every\":1,\"after\":4,\"status\":500}");
        assertThat(statuses(6)).containsExactly(200, 200, 200, 200, 500, 500);
    }

    @Test
    void bytesComeSlowly() throws IOException, InterruptedException { // 17
        put("slow_bytes", "{\"delay_ms\":20,\"bytes\":1000,\"times\":1}");
        long start = System.nanoTime();
        assertThat(new String(fetch().body(), StandardCharsets.UTF_8)).isEqualTo(good);
        assertThat(System.nanoTime() - start).isGreaterThan(good.length() / 1_000 * 20_000_000L);
    }

    @Test
    void aConnectionHangsBehindTheHeaders() { // 17
        put("hang", "{\"delay_ms\":200,\"times\":1}");
        long start = System.nanoTime();
        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
        assertThat(System.nanoTime() - start).isGreaterThan(200_000_000L);
    }

    @Test
    void aConnectionIsReset() { // 17
        put("reset", "{\"times\":1}");
        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class);
        assertThat(bookstore.get(PATH).body()).isEqualTo(good);
        put("reset", "{\"resource\":\"orders\"}");
        assertThat(bookstore.get(PATH).body()).isEqualTo(good);
    }

    private HttpResponse<byte[]> fetch() throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(bookstore.server.url().resolve(PATH)).build(), BodyHandlers.ofByteArray());
    }

    private int[] statuses(int requests) {
        int[] statuses = new int[requests];
        for (int i = 0; i < requests; i++) {
            statuses[i] = bookstore.get(PATH).statusCode();
        }
        return statuses;
    }

    private void put(String fault, String settings) {
        assertThat(bookstore.send("PUT", "/admin/faults/" + fault, settings).statusCode())
                .isEqualTo(200);
    }
}
