package dev.galley.bookstore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.galley.bookstore.fault.Fault;
import dev.galley.bookstore.oracle.Mart;
import dev.galley.bookstore.oracle.MartOracle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle against the marts computed naively from the pages that the server serves, by the words of the README. */
@NullMarked
class MartOracleTest {
    @TempDir
    Path state = Path.of("");

    private final Map<String, JsonNode> orders = new HashMap<>();
    private final Map<String, JsonNode> stores = new HashMap<>();
    private final Map<String, ZoneId> zones = new HashMap<>();
    private final TreeMap<String, JsonNode> rates = new TreeMap<>();
    private List<JsonNode> payments = new ArrayList<>();

    /** One line sold or given back. */
    private record Row(
            boolean sale, JsonNode order, JsonNode line, LocalDate day, BigDecimal revenue, long units, Fx fx) {
        BigDecimal usd() {
            return revenue.multiply(fx.rate());
        }
    }

    private record Fx(BigDecimal rate, String date) {}

    private static final class Sum {
        private final Set<String> orders = new HashSet<>();
        private long units;
        private BigDecimal local = BigDecimal.ZERO;
        private BigDecimal usd = BigDecimal.ZERO;
        private String fxDate = "";

        void add(Row row) {
            if (row.sale()) {
                orders.add(row.order().get("order_id").asText());
            }
            units += row.units();
            local = local.add(row.revenue());
            usd = usd.add(row.usd());
            fxDate = max(fxDate, row.fx().date());
        }
    }

    @Test
    void everyMartEqualsWhatTheServedPagesSumTo() {
        try (RunningBookstore bookstore = new RunningBookstore(state, RunningBookstore.small(11))) {
            bookstore.clock.moveTo(Instant.parse("2026-04-05T17:11:00Z"));
            read(bookstore);
            MartOracle oracle = new MartOracle(bookstore.world, bookstore.clock.now(), 10);
            assertThat(text(oracle.rows(Mart.REVENUE_DAILY)))
                    .hasSizeGreaterThan(300)
                    .isEqualTo(revenueDaily());
            assertThat(text(oracle.rows(Mart.TOP_SALES_BY_CITY)))
                    .hasSizeGreaterThan(200)
                    .isEqualTo(topSales());
            assertThat(text(oracle.rows(Mart.TAX_LIABILITY)))
                    .hasSizeGreaterThan(30)
                    .isEqualTo(taxLiability());
        }
    }

    @Test
    void faultsDoNotChangeTheMarts() {
        try (RunningBookstore bookstore = new RunningBookstore(state, RunningBookstore.small(11))) {
            List<String> before =
                    text(new MartOracle(bookstore.world, bookstore.clock.now(), 10).rows(Mart.REVENUE_DAILY));
            bookstore.faults.put(
                    Fault.of("wrong_totals"), RunningBookstore.JSON.createObjectNode(), bookstore.clock.now());
            assertThat(text(new MartOracle(bookstore.world, bookstore.clock.now(), 10).rows(Mart.REVENUE_DAILY)))
                    .isEqualTo(before);
        }
    }

    private void read(RunningBookstore bookstore) {
        bookstore
                .orders("", 700)
                .forEach(order -> orders.put(order.get("order_id").asText(), order));
        bookstore
                .whole("/v1/stores")
                .forEach(store -> stores.put(store.get("store_id").asText(), store));
        bookstore
                .whole("/v1/jurisdictions")
                .forEach(place -> zones.put(
                        place.get("jurisdiction_id").asText(),
                        ZoneId.of(place.get("timezone").asText())));
        bookstore
                .whole("/v1/fx_rates")
                .forEach(rate -> rates.put(
                        rate.get("base").asText() + rate.get("rate_date").asText(), rate));
        payments = bookstore.payments("", 700);
    }

    private List<String> revenueDaily() {
        TreeMap<String, Sum> sums = new TreeMap<>();
        for (Row row : rows()) {
            String key = row.day() + "|" + text(row.order(), "jurisdiction_id") + "|" + text(row.order(), "currency");
            sums.computeIfAbsent(key, any -> new Sum()).add(row);
        }
        List<String> lines = new ArrayList<>();
        sums.forEach((key, sum) -> {
            int count = sum.orders.size();
            String aov = count == 0
                    ? "null"
                    : sum.local
                            .divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP)
                            .toPlainString();
            lines.add(key + "|" + count + "|" + sum.units + "|" + two(sum.local) + "|" + aov + "|" + two(sum.usd) + "|"
                    + sum.fxDate);
        });
        return lines;
    }

    private List<String> topSales() {
        TreeMap<String, TreeMap<String, Sum>> cities = new TreeMap<>();
        Map<String, String> currencies = Map.of("US", "USD", "DE", "EUR", "JP", "JPY", "ET", "ETB");
        for (Row row : rows()) {
            JsonNode store = stores.get(row.order().path("store_id").asText());
            String country = store == null ? text(row.order(), "ship_country") : text(store, "country");
            String city = store == null ? text(row.order(), "ship_city") : text(store, "city");
            cities.computeIfAbsent(month(row.day()) + "|" + country + "|" + city, any -> new TreeMap<>())
                    .computeIfAbsent(text(row.line(), "isbn13"), any -> new Sum())
                    .add(row);
        }
        List<String> lines = new ArrayList<>();
        cities.forEach((key, books) -> {
            List<Map.Entry<String, Sum>> ranked = new ArrayList<>(books.entrySet());
            Comparator<Map.Entry<String, Sum>> usd =
                    Comparator.comparing(book -> book.getValue().usd.negate());
            ranked.sort(usd.thenComparing(book -> -book.getValue().units).thenComparing(Map.Entry::getKey));
            for (int i = 0; i < Math.min(10, ranked.size()); i++) {
                Sum sum = ranked.get(i).getValue();
                String currency = currencies.getOrDefault(key.substring(8, 10), "");
                lines.add(key + "|" + (i + 1) + "|" + ranked.get(i).getKey() + "|" + sum.units + "|" + currency + "|"
                        + two(sum.local) + "|" + two(sum.usd) + "|" + sum.fxDate);
            }
        });
        return lines;
    }

    private static final class Tax {
        private BigDecimal base = BigDecimal.ZERO;
        private BigDecimal collected = BigDecimal.ZERO;
        private BigDecimal refunded = BigDecimal.ZERO;
        private BigDecimal usd = BigDecimal.ZERO;
        private String fxDate = "";
    }

    private List<String> taxLiability() {
        TreeMap<String, Tax> taxes = new TreeMap<>();
        for (JsonNode order : orders.values()) {
            if (!order.get("paid_at").isNull()) {
                for (JsonNode tax : order.get("tax_lines")) {
                    Tax sum = tax(taxes, localDay(order, order.get("paid_at")), order, tax);
                    sum.base = sum.base.add(tax.get("taxable_base").decimalValue());
                    sum.collected = sum.collected.add(tax.get("amount").decimalValue());
                    sum.usd = sum.usd.add(
                            tax.get("amount").decimalValue().multiply(fx(order).rate()));
                }
            }
        }
        for (JsonNode refund : refunds()) {
            JsonNode order = order(refund);
            List<JsonNode> parts = new ArrayList<>();
            refund.get("lines").forEach(line -> line.get("taxes").forEach(parts::add));
            refund.get("shipping_taxes").forEach(parts::add);
            for (JsonNode part : parts) {
                Tax sum = tax(taxes, localDay(order, refund.get("processed_at")), order, part);
                sum.refunded = sum.refunded.add(part.get("amount").decimalValue());
                sum.usd = sum.usd.subtract(
                        part.get("amount").decimalValue().multiply(fx(order).rate()));
            }
        }
        List<String> lines = new ArrayList<>();
        taxes.forEach(
                (key, tax) -> lines.add(key + "|" + two(tax.base) + "|" + two(tax.collected) + "|" + two(tax.refunded)
                        + "|" + two(tax.collected.subtract(tax.refunded)) + "|" + two(tax.usd) + "|" + tax.fxDate));
        return lines;
    }

    private Tax tax(Map<String, Tax> taxes, LocalDate day, JsonNode order, JsonNode tax) {
        String key = month(day) + "|" + text(order, "jurisdiction_id") + "|" + text(tax, "component") + "|"
                + tax.get("rate").decimalValue().toPlainString() + "|" + text(order, "currency");
        Tax sum = taxes.computeIfAbsent(key, any -> new Tax());
        sum.fxDate = max(sum.fxDate, fx(order).date());
        return sum;
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (JsonNode order : orders.values()) {
            if (!order.get("paid_at").isNull()) {
                for (JsonNode line : order.get("lines")) {
                    BigDecimal tax = order.get("prices_include_tax").asBoolean()
                            ? line.get("tax_amount").decimalValue()
                            : BigDecimal.ZERO;
                    BigDecimal revenue =
                            line.get("line_subtotal").decimalValue().subtract(tax);
                    LocalDate day = localDay(order, order.get("paid_at"));
                    rows.add(new Row(
                            true,
                            order,
                            line,
                            day,
                            revenue,
                            line.get("quantity").asLong(),
                            fx(order)));
                }
            }
        }
        for (JsonNode refund : refunds()) {
            JsonNode order = order(refund);
            for (JsonNode back : refund.get("lines")) {
                JsonNode line = order.get("lines").get(back.get("line_no").asInt() - 1);
                BigDecimal revenue = back.get("goods").decimalValue().negate();
                LocalDate day = localDay(order, refund.get("processed_at"));
                rows.add(new Row(
                        false, order, line, day, revenue, -back.get("quantity").asLong(), fx(order)));
            }
        }
        return rows;
    }

    private List<JsonNode> refunds() {
        return payments.stream()
                .filter(payment -> text(payment, "kind").equals("refund")
                        && text(payment, "status").equals("succeeded"))
                .toList();
    }

    private JsonNode order(JsonNode payment) {
        return Objects.requireNonNull(orders.get(text(payment, "order_id")));
    }

    private LocalDate localDay(JsonNode order, JsonNode instant) {
        ZoneId zone = Objects.requireNonNull(zones.get(text(order, "jurisdiction_id")));
        return LocalDate.ofInstant(Instant.parse(instant.asText()), zone);
    }

    private Fx fx(JsonNode order) {
        String currency = text(order, "currency");
        String placed = text(order, "placed_at").substring(0, 10);
        Map.Entry<String, JsonNode> rate =
                Optional.ofNullable(rates.floorEntry(currency + placed)).orElseThrow();
        assertThat(rate.getKey()).startsWith(currency);
        String date = text(rate.getValue(), "rate_date");
        assertThat(LocalDate.parse(date))
                .isAfterOrEqualTo(LocalDate.parse(placed).minusDays(5));
        return new Fx(rate.getValue().get("rate").decimalValue(), date);
    }

    private static List<String> text(List<? extends List<?>> rows) {
        return rows.stream()
                .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                .toList();
    }

    private static String month(LocalDate day) {
        return day.toString().substring(0, 7);
    }

    private static String two(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    private static String text(JsonNode record, String field) {
        return record.get(field).asText();
    }

    private static String max(String one, String other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
