package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.world.Books;
import dev.galley.bookstore.world.Offers;
import dev.galley.bookstore.world.chance.Instants;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    @TempDir
    Path state = Path.of("");

    private RunningBookstore bookstore;

    @BeforeEach
    void start() {
        bookstore = new RunningBookstore(state, RunningBookstore.small(3));
        bookstore.clock.moveTo(Instant.parse("2026-04-02T09:30:00Z"));
    }

    @AfterEach
    void stop() {
        bookstore.close();
    }

    @Test
    void anyPageSizeGivesTheSameRecordsInTheSameOrder() {
        assertThat(bookstore.orders("", 7))
                .isEqualTo(bookstore.orders("", 1_000))
                .hasSizeGreaterThan(2_300);
        assertThat(bookstore.payments("", 13)).isEqualTo(bookstore.payments("", 1_000));
        assertThat(bookstore.customers("", 333))
                .isEqualTo(bookstore.customers("", 1_000))
                .hasSize(20_000 + 3 * 41 + (int) newToday());
        assertThat(bookstore.books("", 499))
                .isEqualTo(bookstore.books("", 1_000))
                .hasSize(Books.COUNT);
        assertThat(bookstore.offers("", 900))
                .isEqualTo(bookstore.offers("", 1_000))
                .hasSize(Offers.COUNT);
    }

    @Test
    void listsAreInTheOrderOfUpdateAndIdWithoutRepeats() {
        Map<String, List<JsonNode>> lists = Map.of(
                "order_id", bookstore.orders("", 500),
                "payment_id", bookstore.payments("", 500),
                "customer_id", bookstore.customers("", 500));
        lists.forEach((id, records) -> {
            List<String> keys = records.stream()
                    .map(record ->
                            record.get("updated_at").asText() + record.get(id).asText())
                    .toList();
            assertThat(keys).isSorted().doesNotHaveDuplicates();
        });
    }

    @Test
    void updatedSinceTakesWhatChangedThenOrLater() {
        List<JsonNode> orders = bookstore.orders("", 1_000);
        String since = orders.get(orders.size() / 2).get("updated_at").asText();
        assertThat(bookstore.orders(since, 100)).isEqualTo(since(orders, since));
        assertThat(bookstore.payments(since, 100)).isEqualTo(since(bookstore.payments("", 1_000), since));
        assertThat(bookstore.customers(since, 100)).isEqualTo(since(bookstore.customers("", 1_000), since));
        assertThat(bookstore.books(since, 100)).isEqualTo(since(bookstore.books("", 1_000), since));
        assertThat(bookstore.offers(since, 100)).isEqualTo(since(bookstore.offers("", 1_000), since));
        assertThat(bookstore.whole("/v1/vendors?updated_since=" + since)).isEmpty();
    }

    /** What a reader keeps who fetches each night only what changed is what a reader sees who fetches all at the end. */
    @Test
    void nightlyChangesAddUpToTheWhole() {
        Map<String, JsonNode> kept = byId(bookstore.orders("", 1_000), "order_id");
        Map<String, JsonNode> keptPayments = byId(bookstore.payments("", 1_000), "payment_id");
        Map<String, JsonNode> keptOffers = byId(bookstore.offers("", 1_000), "offer_id");
        for (int night = 0; night < 5; night++) {
            String watermark = Instants.text(bookstore.clock.now());
            bookstore.clock.advanceDays(1);
            for (JsonNode order : bookstore.orders(watermark, 1_000)) {
                JsonNode before = kept.put(order.get("order_id").asText(), order);
                if (before != null && !before.equals(order)) {
                    assertThat(order.get("version").asInt())
                            .isGreaterThan(before.get("version").asInt());
                }
            }
            keptPayments.putAll(byId(bookstore.payments(watermark, 1_000), "payment_id"));
            keptOffers.putAll(byId(bookstore.offers(watermark, 1_000), "offer_id"));
        }
        assertThat(kept).isEqualTo(byId(bookstore.orders("", 1_000), "order_id"));
        assertThat(keptPayments).isEqualTo(byId(bookstore.payments("", 1_000), "payment_id"));
        assertThat(keptOffers).isEqualTo(byId(bookstore.offers("", 1_000), "offer_id"));
    }

    @Test
    void sameSeedAndClockGiveTheSameBytes() {
        try (RunningBookstore twin = new RunningBookstore(state.resolve("twin"), RunningBookstore.small(3))) {
            twin.clock.moveTo(Instant.ofEpochSecond(bookstore.clock.now()));
            for (String path : List.of(
                    "/v1/books?per_page=50",
                    "/v1/offers?limit=50",
                    "/v1/orders?limit=50",
                    "/v1/vendors",
                    "/v1/customers?limit=50",
                    "/v1/fx_rates",
                    "/v1/stores",
                    "/v1/tax_rules",
                    "/v1/jurisdictions")) {
                assertThat(twin.get(path).body()).isEqualTo(bookstore.get(path).body());
            }
        }
        try (RunningBookstore stranger = new RunningBookstore(state.resolve("stranger"), RunningBookstore.small(4))) {
            assertThat(stranger.get("/v1/orders").body())
                    .isNotEqualTo(bookstore.get("/v1/orders").body());
        }
    }

    @Test
    void aRecordIsServedByItsIdAsInTheList() {
        Map<String, List<JsonNode>> lists = Map.of(
                "orders/order_id", bookstore.orders("", 1_000),
                "payments/payment_id", bookstore.payments("", 1_000),
                "customers/customer_id", bookstore.customers("", 1_000),
                "books/isbn13", bookstore.books("", 1_000),
                "offers/offer_id", bookstore.offers("", 1_000),
                "vendors/vendor_id", bookstore.whole("/v1/vendors"),
                "stores/store_id", bookstore.whole("/v1/stores"),
                "jurisdictions/jurisdiction_id", bookstore.whole("/v1/jurisdictions"));
        lists.forEach((name, records) -> {
            String resource = name.substring(0, name.indexOf('/'));
            IntStream.range(0, Math.min(records.size(), 9))
                    .map(i -> i * (records.size() / 9))
                    .forEach(i -> {
                        JsonNode record = records.get(i);
                        String id = record.get(name.substring(name.indexOf('/') + 1))
                                .asText();
                        assertThat(RunningBookstore.parse(bookstore.get("/v1/" + resource + "/" + id)))
                                .isEqualTo(record);
                    });
            assertThat(bookstore.get("/v1/" + resource + "/nothing").statusCode())
                    .isEqualTo(404);
        });
        assertThat(bookstore
                        .get("/v1/tax_rules/US-CA-LA:printed_book:district:2025-04-01")
                        .body())
                .contains("\"rate\":0.025000");
        assertThat(bookstore.get("/v1/fx_rates/2026-03-02:EUR:USD").body()).contains("\"rate_date\":\"2026-03-02\"");
    }

    @Test
    void ratesComeByWindowOfDates() {
        List<JsonNode> rates = bookstore.whole("/v1/fx_rates?from=2026-03-27&to=2026-03-30");
        assertThat(rates).extracting(rate -> rate.get("rate_date").asText()).containsOnly("2026-03-27", "2026-03-30");
        assertThat(rates).hasSize(8);
        List<JsonNode> all = bookstore.whole("/v1/fx_rates");
        assertThat(all.get(all.size() - 1).get("rate_date").asText()).isEqualTo("2026-04-02");
    }

    @Test
    void everyListTellsTheServersTimeAndAnEtag() {
        HttpResponse<String> answer = bookstore.get("/v1/orders?limit=3");
        assertThat(answer.headers().firstValue("X-Server-Time")).contains("2026-04-02T09:30:00Z");
        String etag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(bookstore.get("/v1/orders?limit=3", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void answersAreCompressedOnRequest() {
        HttpResponse<String> answer = bookstore.get("/v1/orders?limit=100", "Accept-Encoding", "gzip");
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(bookstore.get("/v1/orders?limit=100").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void wrongRequestsGetAProblemThatNamesTheField() {
        Map<String, String> wrong = Map.of(
                "/v1/orders?cursor=nonsense", "cursor is \"nonsense\"",
                "/v1/orders?limit=0", "limit is \"0\"",
                "/v1/books?page=one", "page is \"one\"",
                "/v1/offers?offset=-1", "offset is \"-1\"",
                "/v1/customers?updated_since=yesterday", "updated_since is \"yesterday\"",
                "/v1/customers?after_id=cus_00000000", "come with updated_since",
                "/v1/fx_rates?from=March", "from is \"March\"");
        wrong.forEach((path, detail) -> {
            HttpResponse<String> answer = bookstore.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("\"status\":400", detail.replace("\"", "\\\""));
        });
        assertThat(bookstore.send("POST", "/v1/payments/search", "{\"limit\":").statusCode())
                .isEqualTo(400);
        assertThat(bookstore.get("/v1/nothing").headers().firstValue("Content-Type"))
                .contains("application/problem+json");
    }

    @Test
    void pagesAreCutToTheLargestAllowed() {
        assertThat(RunningBookstore.parse(bookstore.get("/v1/orders?limit=5000")))
                .hasSize(1_000);
        assertThat(RunningBookstore.parse(bookstore.get("/v1/orders"))).hasSize(100);
    }

    @Test
    void theServerSaysThatItIsUp() {
        assertThat(bookstore.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(bookstore.get("/readyz").statusCode()).isEqualTo(200);
    }

    private long newToday() {
        return IntStream.range(0, 3)
                .filter(i -> bookstore.world.customers().createdAt(20_000 + 3 * 41 + i) <= bookstore.clock.now())
                .count();
    }

    private static List<JsonNode> since(List<JsonNode> records, String since) {
        return records.stream()
                .filter(record -> record.get("updated_at").asText().compareTo(since) >= 0)
                .toList();
    }

    private static Map<String, JsonNode> byId(List<JsonNode> records, String id) {
        Map<String, JsonNode> byId = new HashMap<>();
        records.forEach(record -> byId.put(record.get(id).asText(), record));
        return byId;
    }
}
