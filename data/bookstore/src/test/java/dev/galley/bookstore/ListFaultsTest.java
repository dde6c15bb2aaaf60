package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.world.chance.Instants;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults 1 to 7, 14, 19 and 20 of the catalogue: what a list holds, and how its pages follow one another. */
class ListFaultsTest {
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
    void rowsRepeatOrVanishAcrossPages() { // 1
        List<JsonNode> whole = bookstore.whole("/v1/offers?limit=30");
        put("moving_pages", "{\"kind\":\"repeat\"}");
        assertThat(bookstore.whole("/v1/offers?offset=10&limit=10")).isEqualTo(whole.subList(9, 19));
        assertThat(bookstore.whole("/v1/authors?page=2&per_page=10").get(0))
                .isEqualTo(bookstore.whole("/v1/authors?page=1&per_page=10").get(9));
        put("moving_pages", "{\"kind\":\"vanish\"}");
        assertThat(bookstore.whole("/v1/offers?offset=10&limit=10")).isEqualTo(whole.subList(11, 21));
        assertThat(bookstore.whole("/v1/offers?limit=10")).isEqualTo(whole.subList(0, 10));
        assertThat(count("moving_pages")).isEqualTo(2);
    }

    @Test
    void aRowThatChangesDuringACrawlComesAgain() { // 2
        put("clock_runs", "{\"seconds\":3600,\"resource\":\"orders\"}");
        List<JsonNode> crawled = bookstore.orders("2026-03-25T00:00:00Z", 20);
        Map<String, JsonNode> byId = new HashMap<>();
        List<JsonNode> again = new ArrayList<>();
        for (JsonNode order : crawled) {
            JsonNode before = byId.put(order.get("order_id").asText(), order);
            if (before != null) {
                again.add(order);
                assertThat(order.get("version").asInt())
                        .isGreaterThan(before.get("version").asInt());
            }
        }
        assertThat(again).isNotEmpty();
        assertThat(count("clock_runs")).isGreaterThan(10);
        bookstore.send("DELETE", "/admin/faults", "");
        bookstore
                .orders("2026-03-25T00:00:00Z", 1_000)
                .forEach(order -> assertThat(byId.get(order.get("order_id").asText()))
                        .as("nothing is missed by who goes on to the end")
                        .isNotNull());
    }

    @Test
    void lateCommitsAppearBelowTheWatermark() { // 3
        List<JsonNode> all = bookstore.orders("", 1_000);
        put("late_commits", "{\"seconds\":7200,\"one_in\":4,\"resource\":\"orders\"}");
        List<JsonNode> early = bookstore.orders("", 77);
        assertThat(early).hasSizeLessThanOrEqualTo(all.size()).isNotEqualTo(all);
        String watermark = Instants.text(bookstore.clock.now());
        List<JsonNode> missed = new ArrayList<>(all);
        missed.removeAll(early);
        assertThat(missed)
                .isNotEmpty()
                .allSatisfy(order ->
                        assertThat(order.get("updated_at").asText()).isBetween("2026-03-31T22:00:00Z", watermark));
        bookstore.send("POST", "/admin/clock", "{\"now\":\"2026-04-01T02:00:00Z\"}");
        List<JsonNode> later = bookstore.orders("2026-03-31T22:00:00Z", 1_000);
        assertThat(later).as("they come with the times they should have had").containsAll(unchanged(missed));
        assertThat(bookstore.orders(watermark, 1_000)).doesNotContainAnyElementsOf(missed);
    }

    @Test
    void manyRowsShareOneSecond() { // 4
        List<JsonNode> whole = bookstore.customers("2026-02-01T00:00:00Z", 1_000);
        put("same_second", "{\"seconds\":3600}");
        List<JsonNode> coarse = bookstore.customers("2026-02-01T00:00:00Z", 97);
        assertThat(coarse).hasSameSizeAs(whole);
        Set<String> seconds = new HashSet<>();
        coarse.forEach(customer -> seconds.add(customer.get("updated_at").asText()));
        assertThat(seconds).hasSizeLessThan(coarse.size()).allMatch(second -> second.endsWith(":00:00Z"));
        assertThat(bookstore
                        .send("PUT", "/admin/faults/same_second", "{\"seconds\":7}")
                        .body())
                .contains("divide 3600");
    }

    @Test
    void aCursorOfIdsMissesUpdates() { // 5
        String since = "2026-03-31T00:00:00Z";
        List<JsonNode> changed = bookstore.orders(since, 1_000);
        put("missed_updates", "{\"resource\":\"orders\"}");
        assertThat(bookstore.orders(since, 10))
                .containsExactlyInAnyOrderElementsOf(changed.stream()
                        .filter(order -> order.get("created_at").asText().compareTo(since) >= 0)
                        .toList())
                .hasSizeLessThan(changed.size());
    }

    @Test
    void rowsAreDeletedSoftlyAndComeBackOrAreJustGone() { // 6
        int total = total("offers");
        put("soft_deletes", "{\"count\":2,\"undelete\":true}");
        put("hard_deletes", "{\"count\":5}");
        assertThat(total("offers")).as("from the next second on").isEqualTo(total);
        bookstore.send("POST", "/admin/clock", "{\"now\":\"2026-04-01T12:00:00Z\"}");
        assertThat(total("offers")).isEqualTo(total - 5);
        List<JsonNode> deleted = bookstore.offers("2026-04-01T00:00:00Z", 1_000).stream()
                .filter(offer -> !offer.get("deleted_at").isNull())
                .toList();
        assertThat(deleted)
                .hasSize(2)
                .allSatisfy(
                        offer -> assertThat(offer.get("deleted_at").asText()).isEqualTo("2026-04-01T00:00:01Z"));
        bookstore.send("POST", "/admin/clock", "{\"advance_days\":1}");
        for (JsonNode offer : deleted) {
            JsonNode back = RunningBookstore.parse(
                    bookstore.get("/v1/offers/" + offer.get("offer_id").asText()));
            assertThat(back.get("deleted_at").isNull()).isTrue();
            assertThat(back.get("version").asInt())
                    .isGreaterThan(offer.get("version").asInt());
        }
        String gone = bookstore.world.ids().offers().text(2);
        assertThat(bookstore.get("/v1/offers/" + gone).statusCode()).isEqualTo(404);
        assertThat(count("hard_deletes")).isPositive();
    }

    @Test
    void eventsComeOutOfOrderOrTwiceOrChanged() { // 7
        List<JsonNode> good = page("/v1/changes?limit=20");
        put("event_disorder", "{\"kind\":\"swap\"}");
        assertThat(page("/v1/changes?limit=20"))
                .isNotEqualTo(good)
                .containsExactlyInAnyOrderElementsOf(good)
                .startsWith(good.get(1), good.get(0));
        put("event_disorder", "{\"kind\":\"repeat\"}");
        assertThat(page("/v1/changes?limit=20"))
                .hasSize(21)
                .contains(good.get(0))
                .endsWith(good.get(19));
        put("event_disorder", "{\"kind\":\"changed\"}");
        assertThat(page("/v1/changes?limit=20"))
                .filteredOn(event -> event.get("event_id").equals(good.get(0).get("event_id")))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void pagesEndTooSoonOrAreEmptyOrLeadBack() { // 14
        put("empty_page", "{\"every\":2,\"times\":1,\"resource\":\"shipments\"}");
        List<JsonNode> shipments = bookstore.shipments("", 200);
        assertThat(count("empty_page")).isEqualTo(1);
        bookstore.send("DELETE", "/admin/faults", "");
        assertThat(shipments).as("who goes on has all").isEqualTo(bookstore.shipments("", 1_000));
        put("false_end", "{}");
        assertThat(bookstore.orders("", 50)).hasSize(50);
        assertThat(bookstore.authors(50)).hasSize(50);
        assertThat(bookstore.offers("", 50)).hasSize(50);
        bookstore.send("DELETE", "/admin/faults", "");
        put("cursor_loop", "{\"resource\":\"carts\"}");
        String second = next("/v1/carts?limit=5");
        assertThat(next(second)).isEqualTo(second);
        put("empty_page", "{\"resource\":\"authors\"}");
        JsonNode authors = RunningBookstore.parse(bookstore.get("/v1/authors"));
        assertThat(authors.get("data")).isEmpty();
        assertThat(authors.get("has_more").asBoolean()).isTrue();
    }

    @Test
    void aListMayBeOlderThanItsRecords() { // 19
        put("stale_list", "{\"seconds\":86400,\"resource\":\"orders\"}");
        HttpResponse<String> answer = bookstore.get("/v1/orders?updated_since=2026-03-30T00:00:00Z&limit=1000");
        assertThat(answer.headers().firstValue("X-Server-Time")).contains("2026-04-01T00:00:00Z");
        List<JsonNode> listed = new ArrayList<>();
        RunningBookstore.parse(answer).forEach(listed::add);
        assertThat(listed)
                .isNotEmpty()
                .allSatisfy(order ->
                        assertThat(order.get("updated_at").asText()).isLessThanOrEqualTo("2026-03-31T00:00:00Z"));
        assertThat(listed)
                .anySatisfy(order -> assertThat(RunningBookstore.parse(bookstore.get(
                                        "/v1/orders/" + order.get("order_id").asText()))
                                .get("version")
                                .asInt())
                        .isGreaterThan(order.get("version").asInt()));
    }

    @Test
    void theTotalIsNotTheNumberOfRows() { // 20
        int total = total("offers");
        put("wrong_count", "{\"by\":3}");
        assertThat(total("offers")).isEqualTo(total + 3);
        assertThat(bookstore.get("/v1/books?per_page=1").headers().firstValue("X-Total-Count"))
                .contains("5003");
    }

    private List<JsonNode> unchanged(List<JsonNode> orders) {
        return orders.stream()
                .filter(order -> RunningBookstore.parse(bookstore.get(
                                "/v1/orders/" + order.get("order_id").asText()))
                        .equals(order))
                .toList();
    }

    private List<JsonNode> page(String path) {
        return bookstore.whole(path);
    }

    private String next(String path) {
        return RunningBookstore.parse(bookstore.get(path)).get("next").asText();
    }

    private int total(String resource) {
        return RunningBookstore.parse(bookstore.get("/v1/" + resource + "?limit=1"))
                .get("total")
                .asInt();
    }

    private int count(String fault) {
        return RunningBookstore.parse(bookstore.get("/admin/faults"))
                .at("/" + fault + "/count")
                .asInt();
    }

    private void put(String fault, String settings) {
        assertThat(bookstore.send("PUT", "/admin/faults/" + fault, settings).body())
                .contains("\"" + fault + "\"");
    }
}
