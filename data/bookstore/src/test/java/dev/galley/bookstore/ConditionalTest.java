package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionalTest {
    private static final String ORDERS = "/v1/orders?updated_since=2026-03-31T00:00:00Z";

    @TempDir
    Path state = Path.of("");

    private RunningBookstore bookstore;

    @BeforeEach
    void start() {
        bookstore = new RunningBookstore(state, RunningBookstore.small(6));
    }

    @AfterEach
    void stop() {
        bookstore.close();
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        String id = bookstore.world.ids().vendors().text(3);
        for (String path : List.of("/v1/stores", "/v1/books?page=2", "/v1/vendors/" + id, "/v1/changes", ORDERS)) {
            String tag = tag(bookstore.get(path));
            assertThat(tag).as("strong").matches("\"[0-9a-f-]+\"");
            for (String known : List.of(tag, "*", "\"other\", " + tag, "W/" + tag)) {
                HttpResponse<String> answer = bookstore.get(path, "If-None-Match", known);
                assertThat(answer.statusCode()).as(path + " " + known).isEqualTo(304);
                assertThat(answer.body()).isEmpty();
                assertThat(tag(answer)).isEqualTo(tag);
            }
            assertThat(bookstore.get(path, "If-None-Match", "\"other\"").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatChangedIsSentUnderAnotherTag() {
        String tag = tag(bookstore.get(ORDERS));
        bookstore.send("POST", "/admin/clock", "{\"advance_days\":1}");
        HttpResponse<String> answer = bookstore.get(ORDERS, "If-None-Match", tag);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(tag(answer)).isNotEqualTo(tag);
    }

    @Test
    void compressedBytesAreOtherBytes() {
        String plain = tag(bookstore.get("/v1/books"));
        HttpResponse<String> packed = bookstore.get("/v1/books", "Accept-Encoding", "gzip");
        assertThat(tag(packed)).isNotEqualTo(plain);
        assertThat(packed.headers().firstValue("Vary")).contains("Accept-Encoding");
        assertThat(bookstore
                        .get("/v1/books", "Accept-Encoding", "gzip", "If-None-Match", tag(packed))
                        .statusCode())
                .isEqualTo(304);
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
