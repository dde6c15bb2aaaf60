package dev.galley.bookstore;

import static dev.galley.bookstore.Fields.amount;
import static dev.galley.bookstore.Fields.assertFits;
import static dev.galley.bookstore.Fields.inclusive;
import static dev.galley.bookstore.Fields.numbers;
import static dev.galley.bookstore.Fields.sum;
import static dev.galley.bookstore.Fields.text;
import static dev.galley.bookstore.Fields.unit;
import static dev.galley.bookstore.Fields.upTo;
import static dev.galley.bookstore.Fields.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.world.Isbn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Walks all pages of a small good world and checks the domain's invariants; their numbers stand in the comments. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InvariantsTest {
    private static final Set<String> BEFORE_PAID =
            Set.of("checkout", "quoted", "rejected", "abandoned", "payment_failed");

    private final Map<String, List<JsonNode>> all = new HashMap<>();
    private final Map<String, Map<String, JsonNode>> byKey = new HashMap<>();

    @BeforeAll
    void walk(@TempDir Path state) {
        try (RunningBookstore bookstore = new RunningBookstore(state, RunningBookstore.small(42))) {
            // An hour at which orders of every state are about.
            bookstore.clock.moveTo(Instant.parse("2026-04-03T12:34:56Z"));
            all.put("books", bookstore.books("", 1_000));
            all.put("offers", bookstore.offers("", 1_000));
            all.put("orders", bookstore.orders("", 500));
            all.put("payments", bookstore.payments("", 500));
            all.put("customers", bookstore.customers("", 1_000));
            for (String whole : List.of("vendors", "stores", "jurisdictions", "tax_rules", "fx_rates")) {
                all.put(whole, bookstore.whole("/v1/" + whole));
            }
        }
        index("books", "isbn13");
        index("offers", "offer_id");
        index("orders", "order_id");
        index("payments", "payment_id");
        index("customers", "customer_id");
        index("vendors", "vendor_id");
        index("stores", "store_id");
        index("jurisdictions", "jurisdiction_id");
    }

    @AfterAll
    void forget() {
        all.clear();
    }

    @Test
    void booksHoldWhatBooksMust() { // 1-5, 7
        for (JsonNode book : all("books")) {
            String isbn = text(book, "isbn13");
            assertThat(isbn).matches("978\\d{10}");
            assertThat(Isbn.checkDigit(isbn.substring(0, 12))).isEqualTo(isbn.charAt(12) - '0');
            assertThat(text(book, "title")).isNotBlank();
            assertThat(book.get("authors")).isNotEmpty();
            assertThat(numbers(book.get("authors"), "position"))
                    .isEqualTo(upTo(book.get("authors").size()));
            assertThat(values(book.get("authors"), "author_id")).doesNotHaveDuplicates();
            assertThat(text(book, "published_on"))
                    .matches("\\d{4}(-\\d{2}){0,2}")
                    .isLessThan("2026");
        }
    }

    @Test
    void offersHoldWhatOffersMust() { // 8-11, 13-15
        Set<String> natural = new HashSet<>();
        Map<String, Set<BigDecimal>> fixed = new HashMap<>();
        for (JsonNode offer : all("offers")) {
            assertThat(natural.add(text(offer, "vendor_id") + text(offer, "isbn13") + text(offer, "condition")))
                    .isTrue();
            assertThat(byKey("books")).containsKey(text(offer, "isbn13"));
            assertThat(text(offer, "currency")).isEqualTo(text(find("vendors", text(offer, "vendor_id")), "currency"));
            assertFits(offer, "unit_price", text(offer, "currency"));
            assertThat(offer.get("unit_price").decimalValue()).isPositive();
            assertThat(offer.get("stock_reserved").asInt())
                    .isBetween(0, offer.get("stock_on_hand").asInt());
            if (text(offer, "price_regime").equals("fixed")) {
                fixed.computeIfAbsent(text(offer, "isbn13") + text(offer, "currency"), any -> new HashSet<>())
                        .add(offer.get("unit_price").decimalValue());
            }
        }
        assertThat(fixed.values()).allSatisfy(prices -> assertThat(prices).hasSize(1));
        assertThat(all("offers").stream()
                        .filter(offer -> text(offer, "condition").equals("new")))
                .extracting(offer -> text(offer, "isbn13") + text(offer, "currency"))
                .as("several vendors list the same book")
                .satisfies(keys -> assertThat(new HashSet<>(keys)).hasSizeLessThan(keys.size() / 2 + keys.size() / 4));
    }

    @Test
    void customersHoldWhatCustomersMust() { // 16, 17, 19
        Set<String> hashes = new HashSet<>();
        Map<String, String> codes = Map.of(
                "US-CA",
                "9[0-6]\\d{3}",
                "US-NY",
                "1[0-4]\\d{3}",
                "US-OR",
                "97\\d{3}",
                "US-MT",
                "59[0-9]\\d{2}",
                "DE-BE",
                "1[0-4]\\d{3}",
                "JP-13",
                "\\d{3}-\\d{4}",
                "ET-AA",
                "(|[1-6]\\d{3})");
        for (JsonNode customer : all("customers")) {
            assertThat(hashes.add(text(customer, "email_hash"))).isTrue();
            for (JsonNode address : customer.get("addresses")) {
                String code = address.get("postal_code").isNull() ? "" : text(address, "postal_code");
                assertThat(code).matches(codes.get(text(address, "region")));
            }
        }
    }

    @Test
    void ordersReferToWhatExists() { // 18, 20, 24, 26, 27, 31, 36
        Set<String> numbers = new HashSet<>();
        for (JsonNode order : all("orders")) {
            assertThat(numbers.add(text(order, "order_number"))).isTrue();
            JsonNode customer = find("customers", text(order, "customer_id"));
            assertThat(order.get("lines")).isNotEmpty();
            if (order.get("jurisdiction_id").isNull()) {
                assertThat(text(order, "status")).isIn("checkout", "rejected", "abandoned");
                continue;
            }
            assertThat(values(customer.get("addresses"), "address_id")).contains(text(order, "ship_address_id"));
            JsonNode jurisdiction = find("jurisdictions", text(order, "jurisdiction_id"));
            assertThat(text(order, "ship_region")).isEqualTo(text(jurisdiction, "region"));
            assertThat(text(order, "currency")).isEqualTo(text(jurisdiction, "currency"));
            assertThat(text(order, "status")).isNotEqualTo("rejected");
        }
        assertThat(values(all("orders"), "status"))
                .contains(
                        "checkout",
                        "quoted",
                        "rejected",
                        "abandoned",
                        "paid",
                        "partially_shipped",
                        "shipped",
                        "delivered",
                        "returned",
                        "refunded",
                        "partially_refunded",
                        "cancelled",
                        "closed");
    }

    @Test
    void instantsOfAnOrderAreInTheOrderOfItsLife() { // 29, 30, 35, 37, 58
        for (JsonNode order : all("orders")) {
            String last = text(order, "placed_at");
            for (String field : List.of("paid_at", "shipped_at", "delivered_at")) {
                if (!order.get(field).isNull()) {
                    assertThat(text(order, field)).isGreaterThanOrEqualTo(last);
                    last = text(order, field);
                }
            }
            assertThat(order.get("paid_at").isNull() && !order.get("shipped_at").isNull())
                    .isFalse();
            assertThat(text(order, "updated_at")).isBetween(last, "2026-04-03T12:34:56Z");
            assertThat(text(order, "created_at")).isEqualTo(text(order, "placed_at"));
        }
    }

    @Test
    void amountsOfAnOrderAddUp() { // 32-34, 39-43
        for (JsonNode order : all("orders")) {
            String currency = text(order, "currency");
            BigDecimal lineTax = BigDecimal.ZERO;
            BigDecimal subtotal = BigDecimal.ZERO;
            BigDecimal discount = BigDecimal.ZERO;
            assertThat(numbers(order.get("lines"), "line_no"))
                    .isEqualTo(upTo(order.get("lines").size()));
            for (JsonNode line : order.get("lines")) {
                BigDecimal gross = amount(line, "unit_price")
                        .multiply(BigDecimal.valueOf(line.get("quantity").asLong()));
                assertThat(line.get("quantity").asInt()).isBetween(1, 99);
                assertThat(amount(line, "line_subtotal"))
                        .isEqualByComparingTo(gross.subtract(amount(line, "discount")));
                BigDecimal tax = amount(line, "tax_amount");
                BigDecimal total = inclusive(order)
                        ? amount(line, "line_subtotal")
                        : amount(line, "line_subtotal").add(tax);
                assertThat(amount(line, "line_total")).isEqualByComparingTo(total);
                assertThat(sum(line.get("taxes"), "amount")).isEqualByComparingTo(tax);
                JsonNode offer = find("offers", text(line, "offer_id"));
                assertThat(text(line, "isbn13")).isEqualTo(text(offer, "isbn13"));
                assertThat(text(line, "vendor_id")).isEqualTo(text(offer, "vendor_id"));
                assertThat(text(offer, "currency")).isEqualTo(currency);
                assertFits(line, "line_total", currency);
                lineTax = lineTax.add(tax);
                subtotal = subtotal.add(gross);
                discount = discount.add(amount(line, "discount"));
            }
            assertThat(amount(order, "subtotal")).isEqualByComparingTo(subtotal);
            assertThat(amount(order, "discount_total")).isEqualByComparingTo(discount);
            assertThat(amount(order, "tax_total"))
                    .isEqualByComparingTo(lineTax.add(amount(order, "shipping_tax")))
                    .isEqualByComparingTo(sum(order.get("tax_lines"), "amount"));
            assertThat(sum(order.get("shipping_taxes"), "amount")).isEqualByComparingTo(amount(order, "shipping_tax"));
            BigDecimal net = subtotal.subtract(discount).add(amount(order, "shipping_total"));
            assertThat(amount(order, "grand_total"))
                    .isEqualByComparingTo(inclusive(order) ? net : net.add(amount(order, "tax_total")));
            for (String field : List.of("subtotal", "discount_total", "shipping_total", "tax_total", "grand_total")) {
                assertFits(order, field, currency);
            }
        }
    }

    @Test
    void taxesFollowTheRulesValidWhenPlaced() { // 44-46
        for (JsonNode order : all("orders")) {
            if (order.get("jurisdiction_id").isNull()) {
                continue;
            }
            BigDecimal rate = BigDecimal.ZERO;
            for (JsonNode rule : rulesOf(order)) {
                rate = rate.add(amount(rule, "rate"));
            }
            for (JsonNode line : order.get("lines")) {
                assertThat(amount(line, "tax_rate")).isEqualByComparingTo(rate);
                assertThat(amount(line, "tax_amount")
                                .subtract(naturalTax(line, rate, order))
                                .abs())
                        .isLessThanOrEqualTo(unit(text(order, "currency")));
            }
            if (text(order, "jurisdiction_id").matches("US-OR.*|US-MT.*")) {
                assertThat(amount(order, "tax_total")).isZero();
            }
        }
    }

    @Test
    void taxRulesNeitherOverlapNorLeaveAGap() { // 48
        Map<String, List<JsonNode>> lines = all("tax_rules").stream()
                .collect(Collectors.groupingBy(
                        rule -> text(rule, "jurisdiction_id") + text(rule, "tax_class") + text(rule, "component")));
        assertThat(lines).hasSizeGreaterThanOrEqualTo(18);
        lines.values().forEach(rules -> {
            for (int i = 0; i < rules.size() - 1; i++) {
                assertThat(text(rules.get(i), "valid_to")).isEqualTo(text(rules.get(i + 1), "valid_from"));
            }
            assertThat(rules.get(rules.size() - 1).get("valid_to").isNull()).isTrue();
        });
    }

    @Test
    void paymentsPayForTheirOrders() { // 49-54
        Map<String, BigDecimal> captured = new HashMap<>();
        Map<String, BigDecimal> refunded = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (JsonNode payment : all("payments")) {
            JsonNode order = find("orders", text(payment, "order_id"));
            assertThat(text(payment, "currency")).isEqualTo(text(order, "currency"));
            assertThat(text(payment, "order_placed_at")).isEqualTo(text(order, "placed_at"));
            assertThat(text(payment, "jurisdiction_id")).isEqualTo(text(order, "jurisdiction_id"));
            assertThat(keys.add(text(payment, "kind") + text(payment, "idempotency_key")))
                    .isTrue();
            assertFits(payment, "amount", text(payment, "currency"));
            if (text(payment, "kind").equals("refund")) {
                assertThat(refundSum(payment)).isEqualByComparingTo(amount(payment, "amount"));
                refunded.merge(text(payment, "order_id"), amount(payment, "amount"), BigDecimal::add);
                assertThat(payment.get("processed_at").isNull())
                        .isEqualTo(text(payment, "status").equals("pending"));
            } else if (text(payment, "kind").equals("capture")) {
                assertThat(text(payment, "processed_at")).isEqualTo(text(order, "paid_at"));
                captured.merge(text(payment, "order_id"), amount(payment, "amount"), BigDecimal::add);
            }
        }
        assertThat(values(all("payments"), "status")).contains("pending", "succeeded", "failed");
        for (JsonNode order : all("orders")) {
            BigDecimal paid = captured.getOrDefault(text(order, "order_id"), BigDecimal.ZERO);
            BigDecimal due = order.get("paid_at").isNull() ? BigDecimal.ZERO : amount(order, "grand_total");
            assertThat(paid).isEqualByComparingTo(due);
            BigDecimal back = refunded.getOrDefault(text(order, "order_id"), BigDecimal.ZERO);
            assertThat(back).isLessThanOrEqualTo(paid);
            assertThat(BEFORE_PAID.contains(text(order, "status")) && paid.signum() > 0)
                    .isFalse();
            if (text(order, "status").equals("refunded")) {
                assertThat(back).isEqualByComparingTo(paid);
            }
            if (text(order, "status").equals("partially_refunded")) {
                assertThat(back).isPositive().isLessThan(paid);
            }
        }
    }

    @Test
    void everyRegionAndCountryHasOrders() {
        Map<String, Long> shares = all("orders").stream()
                .filter(order -> !order.get("jurisdiction_id").isNull())
                .collect(Collectors.groupingBy(order -> text(order, "ship_region"), Collectors.counting()));
        assertThat(shares).hasSize(7);
        double california =
                (double) shares.getOrDefault("US-CA", 0L) / all("orders").size();
        assertThat(california).isCloseTo(0.3, within(0.06));
    }

    private List<JsonNode> rulesOf(JsonNode order) {
        JsonNode jurisdiction = find("jurisdictions", text(order, "jurisdiction_id"));
        String day = LocalDate.ofInstant(
                        Instant.parse(text(order, "placed_at")), ZoneId.of(text(jurisdiction, "timezone")))
                .toString();
        return all("tax_rules").stream()
                .filter(rule -> text(rule, "jurisdiction_id").equals(text(order, "jurisdiction_id"))
                        && text(rule, "tax_class").equals("printed_book")
                        && text(rule, "valid_from").compareTo(day) <= 0
                        && (rule.get("valid_to").isNull()
                                || text(rule, "valid_to").compareTo(day) > 0))
                .toList();
    }

    private static BigDecimal naturalTax(JsonNode line, BigDecimal rate, JsonNode order) {
        BigDecimal base = amount(line, "line_subtotal");
        BigDecimal divisor = inclusive(order) ? rate.add(BigDecimal.ONE) : BigDecimal.ONE;
        int digits = text(order, "currency").equals("JPY") ? 0 : 2;
        return base.multiply(rate).divide(divisor, digits, RoundingMode.HALF_UP);
    }

    private static BigDecimal refundSum(JsonNode refund) {
        BigDecimal sum = amount(refund, "shipping").add(sum(refund.get("shipping_taxes"), "amount"));
        for (JsonNode line : refund.get("lines")) {
            sum = sum.add(amount(line, "goods")).add(sum(line.get("taxes"), "amount"));
        }
        return sum;
    }

    private List<JsonNode> all(String resource) {
        return all.getOrDefault(resource, List.of());
    }

    private Map<String, JsonNode> byKey(String resource) {
        return byKey.getOrDefault(resource, Map.of());
    }

    private JsonNode find(String resource, String key) {
        JsonNode found = byKey(resource).get(key);
        if (found == null) {
            throw new AssertionError("there is no " + resource + " " + key);
        }
        return found;
    }

    /** Fails where a key comes twice: 1, 16, 24. */
    private void index(String resource, String key) {
        Map<String, JsonNode> index = new HashMap<>();
        for (JsonNode record : all(resource)) {
            assertThat(index.put(text(record, key), record)).as(key).isNull();
        }
        byKey.put(resource, index);
    }
}
