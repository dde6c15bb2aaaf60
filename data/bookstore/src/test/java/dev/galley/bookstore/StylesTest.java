package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** However a list is cut into pages, and however many fetch them at once, it holds the same records, each once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StylesTest {
    private static final String SINCE = "2026-03-20T10:20:30Z";
    private static final Map<String, String> FEEDS =
            Map.of("carts", "cart_id", "orders", "order_id", "shipments", "shipment_id", "customers", "customer_id");
    private static final String LONG_AGO = "2024-01-01T00:00:00Z";
    private static final Map<String, String> SHELVES =
            Map.of("books", SINCE, "offers", SINCE, "authors", LONG_AGO, "vendors", LONG_AGO, "salespeople", LONG_AGO);
    private static final List<String> BY_CURSOR = List.of("link", "body", "header", "next_url");

    private final long seed = Long.getLong("galley.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private RunningBookstore bookstore;

    @BeforeAll
    void start(@TempDir Path state) {
        bookstore = new RunningBookstore(state, RunningBookstore.small(17));
        bookstore.clock.moveTo(Instant.parse("2026-04-02T09:31:07Z"));
    }

    @AfterAll
    void stop() {
        bookstore.close();
    }

    @Test
    void everyStyleGivesTheSameRecordsOfAFeed() {
        FEEDS.forEach((name, id) -> {
            List<JsonNode> expected = byCursor(name, "body", 1_000);
            assertThat(expected).as(name).hasSizeGreaterThan(80).doesNotHaveDuplicates();
            for (String style : BY_CURSOR) {
                assertThat(byCursor(name, style, size())).as(about(name, style)).isEqualTo(expected);
            }
            assertThat(byKeyset(name, id, size())).as(about(name, "keyset")).isEqualTo(expected);
            for (String style : List.of("page", "flag", "offset")) {
                assertThat(atOnce(
                                "/v1/" + name + "?updated_since=" + SINCE + "&style=" + style, size(), expected.size()))
                        .as(about(name, style))
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        });
    }

    @Test
    void everyStyleGivesTheSameRecordsOfAShelf() {
        SHELVES.forEach((name, since) -> {
            String window = "/v1/" + name + "?updated_since=" + since + "&style=";
            List<JsonNode> expected = bookstore.whole(window + "whole");
            assertThat(expected).as(name).hasSizeGreaterThan(30).doesNotHaveDuplicates();
            for (String style : BY_CURSOR) {
                assertThat(cursors(window + style, style, size()))
                        .as(about(name, style))
                        .isEqualTo(expected);
            }
            for (String style : List.of("page", "flag", "offset")) {
                assertThat(atOnce(window + style, size(), expected.size()))
                        .as(about(name, style))
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        });
    }

    @Test
    void paymentsAreTheSameInPagesOfAnySizeAndAtAnyOffset() {
        List<JsonNode> expected = bookstore.payments(SINCE, 1_000);
        assertThat(bookstore.payments(SINCE, size())).as("seed " + seed).isEqualTo(expected);
        List<JsonNode> byOffset = new ArrayList<>();
        while (byOffset.size() < expected.size()) {
            JsonNode page = RunningBookstore.parse(bookstore.send(
                    "POST",
                    "/v1/payments/search",
                    "{\"style\":\"offset\",\"limit\":100,\"updated_since\":\"" + SINCE + "\",\"offset\":"
                            + byOffset.size() + "}"));
            assertThat(page.get("total").asInt()).isEqualTo(expected.size());
            page.get("data").forEach(byOffset::add);
        }
        assertThat(byOffset).isEqualTo(expected);
    }

    @Test
    void aStyleThatAListDoesNotHaveIsRefusedByName() {
        assertThat(bookstore.get("/v1/orders?style=whole").body()).contains("orders come in pages");
        assertThat(bookstore.get("/v1/books?style=keyset").statusCode()).isEqualTo(400);
        assertThat(bookstore.get("/v1/books?style=scroll").body()).contains("scroll", "next_url");
    }

    private List<JsonNode> byCursor(String name, String style, int size) {
        return cursors("/v1/" + name + "?style=" + style + "&updated_since=" + SINCE, style, size);
    }

    private List<JsonNode> cursors(String first, String style, int size) {
        List<JsonNode> all = new ArrayList<>();
        String start = first + "&limit=" + size;
        String path = start;
        while (!path.isEmpty()) {
            HttpResponse<String> answer = bookstore.get(path);
            JsonNode page = RunningBookstore.parse(answer);
            (page.isArray() ? page : page.get("data")).forEach(all::add);
            path = next(answer, page, style, start);
        }
        return all;
    }

    private static String next(HttpResponse<String> answer, JsonNode page, String style, String start) {
        return switch (style) {
            case "link" ->
                answer.headers()
                        .firstValue("Link")
                        .map(link -> link.substring(1, link.indexOf('>')))
                        .orElse("");
            case "header" ->
                answer.headers()
                        .firstValue("X-Next-Cursor")
                        .map(cursor -> start + "&cursor=" + cursor)
                        .orElse("");
            case "next_url" -> page.get("next").isNull() ? "" : page.get("next").asText();
            default ->
                page.get("next_cursor").isNull()
                        ? ""
                        : start + "&cursor=" + page.get("next_cursor").asText();
        };
    }

    private List<JsonNode> byKeyset(String name, String id, int size) {
        List<JsonNode> all = new ArrayList<>();
        String after = "&updated_since=" + SINCE;
        while (true) {
            JsonNode page = RunningBookstore.parse(bookstore.get("/v1/" + name + "?style=keyset&limit=" + size + after))
                    .get("data");
            page.forEach(all::add);
            if (page.size() < size) {
                return all;
            }
            JsonNode last = page.get(size - 1);
            after = "&updated_since=" + last.get("updated_at").asText() + "&after_id="
                    + last.get(id).asText();
        }
    }

    /** All pages by several threads, in no order. */
    private List<JsonNode> atOnce(String path, int size, int total) {
        return IntStream.rangeClosed(0, total / size)
                .parallel()
                .mapToObj(page -> path.endsWith("offset")
                        ? "&limit=" + size + "&offset=" + page * size
                        : "&per_page=" + size + "&page=" + (page + 1))
                .flatMap(page -> bookstore.whole(path + page).stream())
                .toList();
    }

    private int size() {
        return 40 + random.nextInt(500);
    }

    private String about(String name, String style) {
        return name + " by " + style + ", -Dgalley.seed=" + seed;
    }
}
