package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.world.Isbn;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
    private static final String ONE_DAY = "{\"advance_days\":1}";

    @TempDir
    Path state = Path.of("");

    private RunningBookstore bookstore;

    @BeforeEach
    void start() {
        bookstore = new RunningBookstore(state, RunningBookstore.small(5));
    }

    @AfterEach
    void stop() {
        bookstore.close();
    }

    @Test
    void wrongTotalsSpoilOneRegionsDayAndHealAsIfTheyHadNeverBeen() {
        String watermark = now();
        post("/admin/clock", ONE_DAY);
        List<JsonNode> good = bookstore.orders(watermark, 100);
        put("wrong_totals", "{\"region\":\"US-CA\",\"day\":\"2026-04-01\"}");
        List<JsonNode> bad = bookstore.orders(watermark, 100);
        assertThat(bad).hasSameSizeAs(good);
        int wrong = 0;
        for (int i = 0; i < good.size(); i++) {
            boolean struck = good.get(i).path("ship_region").asText().equals("US-CA")
                    && !good.get(i).get("jurisdiction_id").isNull();
            BigDecimal surplus = total(bad.get(i)).subtract(total(good.get(i)));
            assertThat(surplus).isEqualByComparingTo(struck ? BigDecimal.TEN : BigDecimal.ZERO);
            wrong += struck ? 1 : 0;
        }
        assertThat(wrong * 100 / good.size()).isGreaterThan(10);
        assertThat(fault("wrong_totals").get("count").asInt()).isEqualTo(wrong);
        assertThat(fault("wrong_totals").get("day").asText()).isEqualTo("2026-04-01");
        bookstore.send("DELETE", "/admin/faults/wrong_totals", "");
        assertThat(bookstore.orders(watermark, 100)).isEqualTo(good);
    }

    @Test
    void wrongTotalsLeaveOtherDaysAlone() {
        List<JsonNode> before = bookstore.orders("", 1_000);
        put("wrong_totals", "{}");
        assertThat(fault("wrong_totals").get("day").asText()).isEqualTo("2026-04-01");
        post("/admin/clock", ONE_DAY);
        Map<String, JsonNode> now = byId(bookstore.orders("", 1_000));
        for (JsonNode order : before) {
            JsonNode later = now.get(order.get("order_id").asText());
            if (later != null && later.get("version").equals(order.get("version"))) {
                assertThat(later).isEqualTo(order);
            }
        }
    }

    @Test
    void badRowsAreFewAndComeRightOnTheNextDayAsOneMoreVersion() {
        String watermark = now();
        post("/admin/clock", ONE_DAY);
        Map<String, JsonNode> good = changes(watermark);
        put("bad_rows", "{\"day\":\"2026-04-01\"}");
        Map<String, JsonNode> bad = changes(watermark);
        Map<String, JsonNode> wrong = new HashMap<>(bad);
        wrong.entrySet().removeAll(good.entrySet());
        assertThat(wrong).hasSize(6);
        assertThat(wrong.values().stream().map(FaultsTest::reason))
                .containsExactlyInAnyOrder("shipping", "yen", "total", "isbn", "stock", "title");
        watermark = now();
        post("/admin/clock", ONE_DAY);
        Map<String, JsonNode> mended = changes(watermark);
        wrong.forEach((id, before) -> {
            JsonNode after = mended.get(id);
            assertThat(after).as(id).isNotNull();
            if (after != null) {
                assertThat(reason(after)).isEqualTo("none");
                assertThat(after.get("version").asInt())
                        .isGreaterThan(before.get("version").asInt());
                assertThat(after.get("updated_at").asText()).isGreaterThanOrEqualTo("2026-04-02T00:00:01Z");
            }
        });
        List<String> keys = bookstore.orders("", 700).stream()
                .map(order ->
                        order.get("updated_at").asText() + order.get("order_id").asText())
                .toList();
        assertThat(keys).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void badRowsKeepTheirVersionsWhenAnotherDayGoesBad() {
        put("bad_rows", "{}");
        post("/admin/clock", ONE_DAY);
        post("/admin/clock", ONE_DAY);
        Map<String, JsonNode> before = byId(bookstore.orders("", 1_000));
        put("bad_rows", "{\"day\":\"2026-04-02\"}");
        assertThat(fault("bad_rows").get("days")).hasSize(2);
        Map<String, JsonNode> after = byId(bookstore.orders("", 1_000));
        Set<Map.Entry<String, JsonNode>> changed = new HashSet<>(after.entrySet());
        changed.removeAll(before.entrySet());
        assertThat(changed)
                .hasSize(3)
                .allSatisfy(order ->
                        assertThat(order.getValue().get("placed_at").asText()).startsWith("2026-04-02"));
    }

    @Test
    void everyNthRequestFailsWithARetryAfter() {
        put("http_503", "{\"every\":3,\"times\":2,\"resource\":\"orders\",\"retry_after\":7}");
        int[] codes = new int[9];
        for (int i = 0; i < codes.length; i++) {
            HttpResponse<String> answer = bookstore.get("/v1/orders?limit=1");
            codes[i] = answer.statusCode();
            if (codes[i] == 503) {
                assertThat(answer.headers().firstValue("Retry-After")).contains("7");
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            }
        }
        assertThat(codes).containsExactly(200, 200, 503, 200, 200, 503, 200, 200, 200);
        assertThat(bookstore.get("/v1/books").statusCode()).isEqualTo(200);
        assertThat(fault("http_503").get("count").asInt()).isEqualTo(2);
    }

    @Test
    void tooManyRequestsMayNameADate() {
        put("http_429", "{\"every\":1,\"as_date\":true,\"retry_after\":30}");
        HttpResponse<String> answer = bookstore.get("/v1/books");
        assertThat(answer.statusCode()).isEqualTo(429);
        ZonedDateTime until = ZonedDateTime.parse(
                answer.headers().firstValue("Retry-After").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(until)
                .isBetween(
                        ZonedDateTime.now(ZoneOffset.UTC),
                        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(31));
    }

    @Test
    void bodiesMayBeCutOrHtmlOrOfWrongTypes() {
        String good = bookstore.get("/v1/vendors").body();
        put("truncate", "{\"times\":1}");
        assertThat(bookstore.get("/v1/vendors").body()).isEqualTo(good.substring(0, good.length() / 2));
        put("html", "{\"times\":1}");
        HttpResponse<String> page = bookstore.get("/v1/vendors");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(page.body()).startsWith("<!DOCTYPE html>");
        put("wrong_types", "{\"times\":1}");
        assertThat(bookstore.get("/v1/vendors").body())
                .contains("\"version\":\"v1\"")
                .doesNotContain("\"version\":1");
        assertThat(bookstore.get("/v1/vendors").body()).isEqualTo(good);
    }

    @Test
    void cursorsMayLeadBackToTheirOwnPage() {
        put("cursor_loop", "{\"resource\":\"orders\"}");
        String second = next(bookstore.get("/v1/orders?limit=5"));
        assertThat(next(bookstore.get(second))).isEqualTo(second);
        bookstore.send("DELETE", "/admin/faults", "");
        assertThat(next(bookstore.get(second))).isNotEqualTo(second);
    }

    @Test
    void answersMayBeSlow() {
        put("slow", "{\"delay_ms\":300,\"times\":1}");
        long start = System.nanoTime();
        bookstore.get("/v1/stores");
        assertThat(System.nanoTime() - start).isGreaterThan(300_000_000L);
    }

    @Test
    void unknownFaultsAndSettingsAreRefusedByName() {
        assertThat(bookstore.send("PUT", "/admin/faults/flood", "{}").body()).contains("flood", "wrong_totals");
        HttpResponse<String> answer = bookstore.send("PUT", "/admin/faults/slow", "{\"delay\":3}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("delay = 3", "delay_ms");
    }

    @Test
    void clockAndFaultsSurviveARestart() {
        put("bad_rows", "{}");
        put("wrong_totals", "{\"region\":\"DE-BE\"}");
        post("/admin/clock", ONE_DAY);
        String before = bookstore
                .get("/v1/orders?updated_since=2026-04-01T00:00:00Z&limit=1000")
                .body();
        stop();
        start();
        assertThat(now()).isEqualTo("2026-04-02T00:00:00Z");
        assertThat(bookstore
                        .get("/v1/orders?updated_since=2026-04-01T00:00:00Z&limit=1000")
                        .body())
                .isEqualTo(before);
    }

    @Test
    void theClockNeverGoesBack() {
        HttpResponse<String> answer = bookstore.send("POST", "/admin/clock", "{\"now\":\"2026-01-01T00:00:00Z\"}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("never goes back");
        assertThat(bookstore.send("POST", "/admin/clock", "{\"days\":1}").statusCode())
                .isEqualTo(400);
        assertThat(now()).isEqualTo("2026-04-01T00:00:00Z");
    }

    private String now() {
        return RunningBookstore.parse(bookstore.get("/admin/clock")).get("now").asText();
    }

    private void post(String path, String body) {
        assertThat(bookstore.send("POST", path, body).statusCode()).isEqualTo(200);
    }

    private void put(String fault, String settings) {
        assertThat(bookstore.send("PUT", "/admin/faults/" + fault, settings).statusCode())
                .isEqualTo(200);
    }

    private JsonNode fault(String name) {
        return RunningBookstore.parse(bookstore.get("/admin/faults")).path(name);
    }

    private Map<String, JsonNode> changes(String since) {
        Map<String, JsonNode> changes = byId(bookstore.orders(since, 500));
        bookstore
                .offers(since, 500)
                .forEach(offer -> changes.put(offer.get("offer_id").asText(), offer));
        bookstore
                .books(since, 500)
                .forEach(book -> changes.put(book.get("isbn13").asText(), book));
        return changes;
    }

    /** Which of the six ways a record is wrong in. */
    private static String reason(JsonNode record) {
        if (record.has("title")) {
            return record.get("title").asText().isBlank() ? "title" : "none";
        }
        if (record.has("stock_on_hand")) {
            String isbn = record.get("isbn13").asText();
            if (Isbn.checkDigit(isbn.substring(0, 12)) != isbn.charAt(12) - '0') {
                return "isbn";
            }
            return record.get("stock_reserved").asInt()
                            > record.get("stock_on_hand").asInt()
                    ? "stock"
                    : "none";
        }
        if (record.get("shipping_total").decimalValue().signum() < 0) {
            return "shipping";
        }
        if (record.get("currency").asText().equals("JPY") && total(record).scale() > 0) {
            return "yen";
        }
        BigDecimal net = record.get("subtotal")
                .decimalValue()
                .subtract(record.get("discount_total").decimalValue())
                .add(record.get("shipping_total").decimalValue());
        boolean inclusive = record.get("prices_include_tax").asBoolean();
        BigDecimal right = inclusive ? net : net.add(record.get("tax_total").decimalValue());
        return total(record).compareTo(right) == 0 ? "none" : "total";
    }

    private static BigDecimal total(JsonNode order) {
        return order.get("grand_total").decimalValue();
    }

    private static Map<String, JsonNode> byId(List<JsonNode> orders) {
        Map<String, JsonNode> byId = new HashMap<>();
        orders.forEach(order -> byId.put(order.get("order_id").asText(), order));
        return byId;
    }

    private static String next(HttpResponse<String> answer) {
        String link = answer.headers().firstValue("Link").orElseThrow();
        return link.substring(1, link.indexOf('>'));
    }
}
