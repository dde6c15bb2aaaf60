package dev.galley.bookstore.oracle;

import dev.galley.bookstore.oracle.SalesLedger.Posting;
import dev.galley.bookstore.oracle.SalesLedger.Side;
import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.tax.Country;
import dev.galley.bookstore.world.tax.Jurisdiction;
import dev.galley.bookstore.world.tax.Store;
import dev.galley.bookstore.world.tax.TaxPeriod;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The marts as they must be at a time, computed from the generator itself: no HTTP, no SQL. Exact; rounded half up to
 * two decimals once, in the result.
 */
public final class MartOracle {
    private static final int DECIMALS = 2;

    private final SalesLedger ledger;
    private final World world;
    private final int top;

    /**
     * The marts of a world at a time.
     *
     * @param top how many ranks of a city's month are told
     */
    public MartOracle(World world, long now, int top) {
        this.world = world;
        this.top = top;
        ledger = new SalesLedger(world, now);
    }

    /** Rows in the order of their key; values are texts, whole numbers, decimals or null, as the mart's columns say. */
    public List<List<@Nullable Object>> rows(Mart mart) {
        return switch (mart) {
            case REVENUE_DAILY -> revenueDaily();
            case TOP_SALES_BY_CITY -> topSalesByCity();
            case TAX_LIABILITY -> taxLiability();
        };
    }

    /** A running sum of revenue in one currency. */
    private static final class Sum {
        private long orders;
        private long units;
        private BigDecimal local = BigDecimal.ZERO;
        private BigDecimal usd = BigDecimal.ZERO;
        private LocalDate rateDate = LocalDate.MIN;

        void add(Posting posting, int line) {
            Order order = posting.order();
            units += (long) posting.sign() * order.lines().get(line).quantity();
            BigDecimal amount = order.currency().major(posting.sign() * order.revenue(line));
            local = local.add(amount);
            usd = usd.add(amount.multiply(posting.rate()));
            rateDate = later(rateDate, posting.rateDate());
        }
    }

    private record DayKey(LocalDate day, Jurisdiction jurisdiction) {}

    private List<List<@Nullable Object>> revenueDaily() {
        Map<DayKey, Sum> sums = new TreeMap<>(Comparator.comparing(DayKey::day)
                .thenComparing(key -> key.jurisdiction().id()));
        ledger.forEach(posting -> {
            DayKey key = new DayKey(posting.day(), posting.order().jurisdiction());
            Sum sum = sums.computeIfAbsent(key, any -> new Sum());
            sum.orders += posting.side() == Side.SALE ? 1 : 0;
            for (int line = 0; line < posting.lines(); line++) {
                sum.add(posting, line);
            }
        });
        List<List<@Nullable Object>> rows = new ArrayList<>();
        sums.forEach((key, sum) -> rows.add(row(
                key.day().toString(),
                key.jurisdiction().id(),
                key.jurisdiction().currency().name(),
                sum.orders,
                sum.units,
                rounded(sum.local),
                sum.orders == 0
                        ? null
                        : sum.local.divide(BigDecimal.valueOf(sum.orders), DECIMALS, RoundingMode.HALF_UP),
                rounded(sum.usd),
                sum.rateDate.toString())));
        return rows;
    }

    private record CityKey(YearMonth month, Country country, String city) {}

    private List<List<@Nullable Object>> topSalesByCity() {
        Map<CityKey, Map<String, Sum>> cities = new TreeMap<>(Comparator.comparing(CityKey::month)
                .thenComparing(key -> key.country().name())
                .thenComparing(CityKey::city));
        ledger.forEach(posting -> {
            Order order = posting.order();
            CityKey key = new CityKey(
                    YearMonth.from(posting.day()), order.jurisdiction().country(), city(order));
            Map<String, Sum> books = cities.computeIfAbsent(key, any -> new TreeMap<>());
            for (int line = 0; line < posting.lines(); line++) {
                String isbn = world.books().isbn(order.lines().get(line).book());
                books.computeIfAbsent(isbn, any -> new Sum()).add(posting, line);
            }
        });
        List<List<@Nullable Object>> rows = new ArrayList<>();
        cities.forEach((key, books) -> ranked(key, books, rows));
        return rows;
    }

    private void ranked(CityKey key, Map<String, Sum> books, List<List<@Nullable Object>> rows) {
        // The sort keeps the order of equals, which is that of the ISBNs.
        List<Map.Entry<String, Sum>> best = books.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Sum> book) -> book.getValue().usd)
                        .thenComparing(book -> book.getValue().units)
                        .reversed())
                .limit(top)
                .toList();
        for (int i = 0; i < best.size(); i++) {
            Sum sum = best.get(i).getValue();
            rows.add(row(
                    key.month().toString(),
                    key.country().name(),
                    key.city(),
                    i + 1L,
                    best.get(i).getKey(),
                    sum.units,
                    key.country().currency().name(),
                    rounded(sum.local),
                    rounded(sum.usd),
                    sum.rateDate.toString()));
        }
    }

    private String city(Order order) {
        return order.store().isPresent()
                ? Store.ALL.get(order.store().getAsInt()).city()
                : world.customers().city(order.customer(), finalAddress(order));
    }

    /** Of an order once it is paid: the address no longer changes. */
    private int finalAddress(Order order) {
        return order.addressAt(
                order.life().steps().size() - 1, world.customers().addressCount(order.customer()));
    }

    private record TaxKey(YearMonth month, Jurisdiction jurisdiction, String component, long rate) {}

    private static final class Tax {
        private BigDecimal base = BigDecimal.ZERO;
        private BigDecimal collected = BigDecimal.ZERO;
        private BigDecimal refunded = BigDecimal.ZERO;
        private BigDecimal usd = BigDecimal.ZERO;
        private LocalDate rateDate = LocalDate.MIN;
    }

    private List<List<@Nullable Object>> taxLiability() {
        Map<TaxKey, Tax> taxes = new TreeMap<>(Comparator.comparing(TaxKey::month)
                .thenComparing(key -> key.jurisdiction().id())
                .thenComparing(TaxKey::component)
                .thenComparing(TaxKey::rate));
        ledger.forEach(posting -> {
            List<TaxPeriod.Component> components = posting.order().bill().components();
            for (int i = 0; i < components.size(); i++) {
                TaxKey key = new TaxKey(
                        YearMonth.from(posting.day()),
                        posting.order().jurisdiction(),
                        components.get(i).name(),
                        components.get(i).rate());
                add(taxes.computeIfAbsent(key, any -> new Tax()), posting, i);
            }
        });
        List<List<@Nullable Object>> rows = new ArrayList<>();
        taxes.forEach((key, tax) -> rows.add(row(
                key.month().toString(),
                key.jurisdiction().id(),
                key.component(),
                BigDecimal.valueOf(key.rate(), 6),
                key.jurisdiction().currency().name(),
                rounded(tax.base),
                rounded(tax.collected),
                rounded(tax.refunded),
                rounded(tax.collected.subtract(tax.refunded)),
                rounded(tax.usd),
                tax.rateDate.toString())));
        return rows;
    }

    private static void add(Tax tax, Posting posting, int component) {
        Order order = posting.order();
        boolean wholeOrder = posting.side() == Side.SALE || order.refundsShipping();
        long minor = wholeOrder ? order.bill().shipping(component) : 0;
        for (int line = 0; line < posting.lines(); line++) {
            minor += order.bill().line(line, component);
        }
        BigDecimal amount = order.currency().major(minor);
        if (posting.side() == Side.SALE) {
            tax.base = tax.base.add(order.currency().major(order.bill().base(component)));
            tax.collected = tax.collected.add(amount);
            tax.usd = tax.usd.add(amount.multiply(posting.rate()));
        } else {
            tax.refunded = tax.refunded.add(amount);
            tax.usd = tax.usd.subtract(amount.multiply(posting.rate()));
        }
        tax.rateDate = later(tax.rateDate, posting.rateDate());
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static BigDecimal rounded(BigDecimal exact) {
        return exact.setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        List<@Nullable Object> row = new ArrayList<>(values.length);
        Collections.addAll(row, values);
        return Collections.unmodifiableList(row);
    }
}
