package dev.galley.bookstore;

import static dev.galley.bookstore.Fields.numbers;
import static dev.galley.bookstore.Fields.text;
import static dev.galley.bookstore.Fields.upTo;
import static dev.galley.bookstore.Fields.values;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.world.Books;
import dev.galley.bookstore.world.WorldSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From cart to door: carts, parcels, the people who sell, and the events; numbers are the domain's invariants. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowTest {
    private static final String NOW = "2026-04-03T12:34:56Z";
    private static final Set<String> SHIPPED = Set.of("shipped", "delivered", "returned", "closed");

    private final List<JsonNode> events = new ArrayList<>();
    private final Map<String, JsonNode> orders = new HashMap<>();
    private final Map<String, JsonNode> carts = new HashMap<>();
    private final Map<String, JsonNode> shipments = new HashMap<>();
    private final Map<String, JsonNode> payments = new HashMap<>();
    private RunningBookstore bookstore;

    @BeforeAll
    void walk(@TempDir Path state) {
        bookstore = new RunningBookstore(state, new WorldSettings(42, LocalDate.of(2026, 3, 14), 20, 40, 1));
        bookstore.clock.moveTo(Instant.parse(NOW));
        index(orders, "order_id", bookstore.orders("", 1_000));
        index(carts, "cart_id", bookstore.carts("", 1_000));
        index(shipments, "shipment_id", bookstore.shipments("", 1_000));
        index(payments, "payment_id", bookstore.payments("", 1_000));
        events.addAll(bookstore.changes(0, 1_000));
    }

    @AfterAll
    void stop() {
        bookstore.close();
    }

    @Test
    void aCartIsConvertedExactlyWhenItBecameAnOrder() { // 25
        Set<String> ordered = new HashSet<>();
        for (JsonNode order : orders.values()) {
            assertThat(ordered.add(text(order, "cart_id"))).isTrue();
            JsonNode cart = carts.getOrDefault(text(order, "cart_id"), order);
            assertThat(text(cart, "status")).isEqualTo("converted");
            assertThat(text(cart, "updated_at")).isEqualTo(text(order, "placed_at"));
            assertThat(cart.get("customer_id")).isEqualTo(order.get("customer_id"));
            assertThat(cart.get("currency")).isEqualTo(order.get("currency"));
            assertThat(values(cart.get("lines"), "offer_id")).isEqualTo(values(order.get("lines"), "offer_id"));
        }
        assertThat(carts.values().stream().filter(cart -> text(cart, "status").equals("converted")))
                .hasSameSizeAs(ordered);
        assertThat(values(carts.values(), "status")).contains("created", "cart", "converted", "abandoned");
        assertThat(ordered.size() * 100 / carts.size()).isBetween(35, 45);
    }

    @Test
    void cartsAreWellFormedAndAbandonedAfterADayWithoutActivity() {
        for (JsonNode cart : carts.values()) {
            assertThat(numbers(cart.get("lines"), "line_no"))
                    .isEqualTo(upTo(cart.get("lines").size()));
            assertThat(text(cart, "started_at")).isEqualTo(text(cart, "created_at"));
            Instant active = Instant.parse(text(cart, "last_activity_at"));
            Instant updated = Instant.parse(text(cart, "updated_at"));
            assertThat(updated)
                    .isEqualTo(text(cart, "status").equals("abandoned") ? active.plusSeconds(86_400) : active);
            assertThat(text(cart, "updated_at")).isLessThanOrEqualTo(NOW);
            for (JsonNode line : cart.get("lines")) {
                assertThat(line.get("quantity").asInt()).isBetween(1, 99);
                Fields.assertFits(line, "unit_price_seen", text(cart, "currency"));
            }
        }
        assertThat(carts.values()).anyMatch(cart -> cart.get("customer_id").isNull());
    }

    @Test
    void parcelsHoldWhatWasOrdered() { // 55, 56, 58
        Map<String, Map<Integer, Integer>> sent = new HashMap<>();
        Set<String> tracking = new HashSet<>();
        for (JsonNode shipment : shipments.values()) {
            assertThat(tracking.add(text(shipment, "carrier") + text(shipment, "tracking_no")))
                    .isTrue();
            assertThat(orders).containsKey(text(shipment, "order_id"));
            assertThat(shipment.get("lines")).isNotEmpty();
            assertThat(shipment.get("shipped_at").isNull())
                    .isEqualTo(text(shipment, "status").equals("label"));
            assertThat(shipment.get("delivered_at").isNull())
                    .isNotEqualTo(text(shipment, "status").equals("delivered"));
            if (!shipment.get("delivered_at").isNull()) {
                assertThat(text(shipment, "delivered_at")).isGreaterThan(text(shipment, "shipped_at"));
            }
            if (Set.of("in_transit", "delivered").contains(text(shipment, "status"))) {
                for (JsonNode line : shipment.get("lines")) {
                    sent.computeIfAbsent(text(shipment, "order_id"), any -> new TreeMap<>())
                            .merge(
                                    line.get("order_line_no").asInt(),
                                    line.get("quantity").asInt(),
                                    Integer::sum);
                }
            }
        }
        orders.forEach((id, order) -> {
            Map<Integer, Integer> ordered = new TreeMap<>();
            order.get("lines")
                    .forEach(line -> ordered.put(
                            line.get("line_no").asInt(), line.get("quantity").asInt()));
            Map<Integer, Integer> parcels = sent.getOrDefault(id, Map.of());
            if (SHIPPED.contains(text(order, "status"))) {
                assertThat(parcels).isEqualTo(ordered);
            } else {
                parcels.forEach(
                        (line, quantity) -> assertThat(quantity).isLessThanOrEqualTo(ordered.getOrDefault(line, 0)));
            }
        });
        assertThat(values(shipments.values(), "status")).contains("label", "in_transit", "delivered", "lost");
        assertThat(shipments.values().stream().map(shipment -> text(shipment, "order_id")))
                .as("some orders come in two parcels")
                .satisfies(ids -> assertThat(new HashSet<>(ids)).hasSizeLessThan(ids.size()));
    }

    @Test
    void ordersAreSoldByPeopleOfTheirStore() { // 21, 22
        Map<String, JsonNode> people = new HashMap<>();
        index(people, "salesperson_id", bookstore.whole("/v1/salespeople"));
        for (JsonNode order : orders.values()) {
            if (text(order, "channel").equals("store")) {
                JsonNode person = people.getOrDefault(text(order, "salesperson_id"), order);
                assertThat(text(person, "store_id")).isEqualTo(text(order, "store_id"));
                assertThat(text(person, "hired_on")).isLessThan("2026");
                assertThat(person.get("left_on").isNull()).isTrue();
            }
        }
        assertThat(people.values())
                .filteredOn(person -> !person.get("left_on").isNull())
                .hasSize(12)
                .allSatisfy(person -> assertThat(text(person, "left_on")).isGreaterThan(text(person, "hired_on")));
    }

    @Test
    void theAuthorsOfTheBooksAreListed() {
        Map<String, JsonNode> authors = new HashMap<>();
        index(authors, "author_id", bookstore.authors(300));
        assertThat(authors).hasSize(Books.AUTHORS);
        for (JsonNode book : bookstore.books("2026-03-30T00:00:00Z", 1_000)) {
            for (JsonNode author : book.get("authors")) {
                JsonNode listed = authors.getOrDefault(text(author, "author_id"), book);
                assertThat(listed.get("name")).isEqualTo(author.get("name"));
                assertThat(listed.get("birth_year")).isEqualTo(author.get("birth_year"));
            }
        }
    }

    /** A reader who keeps the payload of the highest sequence has what the lists hold. */
    @Test
    void eventsAddUpToTheLists() { // 59, 60
        Map<String, JsonNode> kept = new HashMap<>();
        Map<String, Integer> sequences = new HashMap<>();
        Set<String> ids = new HashSet<>();
        long position = 0;
        for (JsonNode event : events) {
            assertThat(event.get("position").asLong()).isGreaterThan(position);
            position = event.get("position").asLong();
            assertThat(ids.add(text(event, "event_id"))).isTrue();
            String key = text(event, "entity_id");
            assertThat(event.get("sequence").asInt()).isEqualTo(sequences.getOrDefault(key, 0) + 1);
            assertThat(event.at("/payload/version")).isEqualTo(event.get("sequence"));
            assertThat(text(event, "occurred_at")).isLessThanOrEqualTo(text(event, "recorded_at"));
            sequences.merge(key, 1, Integer::sum);
            kept.put(key, event.get("payload"));
        }
        Map<String, JsonNode> listed = new HashMap<>(orders);
        listed.putAll(carts);
        listed.putAll(shipments);
        listed.putAll(payments);
        assertThat(kept).isEqualTo(listed);
        assertThat(values(events, "type"))
                .contains(
                        "cart.created",
                        "cart.line_added",
                        "cart.line_removed",
                        "cart.abandoned",
                        "checkout.started",
                        "tax_shipping.determined",
                        "checkout.rejected",
                        "checkout.abandoned",
                        "payment.succeeded",
                        "payment.failed",
                        "order.cancelled",
                        "shipment.created",
                        "shipment.delivered",
                        "return.received",
                        "payment.refunded");
    }

    @Test
    void eventsComeInPagesOfAnySizeAndGoOnBehindAPosition() {
        long middle = events.get(events.size() - 700).get("position").asLong();
        List<JsonNode> rest = new ArrayList<>(events.subList(events.size() - 699, events.size()));
        assertThat(bookstore.changes(middle, 13)).isEqualTo(rest);
        assertThat(bookstore.changes(middle, 700)).isEqualTo(rest);
        JsonNode last = rest.get(698);
        assertThat(RunningBookstore.parse(bookstore.get("/v1/changes/" + last.get("position"))))
                .isEqualTo(last);
        assertThat(bookstore.changes(last.get("position").asLong(), 5)).isEmpty();
        assertThat(bookstore.get("/v1/changes/1").statusCode()).isEqualTo(404);
        assertThat(bookstore.get("/v1/changes?after=soon").statusCode()).isEqualTo(400);
    }

    @Test
    void aRecordIsServedByItsIdAsInTheList() {
        Map.of("carts", carts, "shipments", shipments)
                .forEach((name, records) -> records.entrySet().stream()
                        .limit(20)
                        .forEach(record -> assertThat(
                                        RunningBookstore.parse(bookstore.get("/v1/" + name + "/" + record.getKey())))
                                .isEqualTo(record.getValue())));
        assertThat(bookstore.get("/v1/carts/crt_00000000").statusCode()).isEqualTo(404);
        assertThat(bookstore.get("/v1/shipments/none").statusCode()).isEqualTo(404);
    }

    private static void index(Map<String, JsonNode> into, String key, List<JsonNode> records) {
        records.forEach(record ->
                assertThat(into.put(text(record, key), record)).as(key).isNull());
    }
}
