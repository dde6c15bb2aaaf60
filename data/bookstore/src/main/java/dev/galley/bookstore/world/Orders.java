package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.Arrivals;
import dev.galley.bookstore.world.chance.Population;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.Allocation;
import dev.galley.bookstore.world.tax.Country;
import dev.galley.bookstore.world.tax.Jurisdiction;
import dev.galley.bookstore.world.tax.Store;
import dev.galley.bookstore.world.tax.TaxBill;
import dev.galley.bookstore.world.tax.TaxTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The orders: what number n holds, and how many there are. */
public final class Orders {
    private static final int[] LINES_OF_TEN = {1, 1, 1, 1, 2, 2, 2, 3, 3, 4};
    private static final int[] QUANTITY_OF_TEN = {1, 1, 1, 1, 1, 1, 1, 2, 2, 3};
    private static final int[] DISCOUNT_PERCENT_OF_TWENTY = {
        5, 10, 10, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private final SeededRandom.Draws random;
    private final Population population;
    private final Offers offers;
    private final Customers customers;
    private final TaxTable taxes;

    Orders(SeededRandom random, WorldSettings settings, Offers offers, Customers customers, TaxTable taxes) {
        this.random = random.of(Purpose.ORDER);
        population = new Population(
                this.random, settings.origin(), new Arrivals(settings.start(), settings.scaledOrdersPerDay()));
        this.offers = offers;
        this.customers = customers;
        this.taxes = taxes;
    }

    /** Orders that may have been placed at or before now; the last hour's may be later, see {@link #placedAt}. */
    public long bornBy(long now) {
        return arrivals().before(population.hourOf(now) + 1);
    }

    public Population population() {
        return population;
    }

    public Arrivals arrivals() {
        return population.arrivals();
    }

    public long placedAt(long number) {
        return population.bornAt(number);
    }

    /** Whether it is a single copy of a single book. */
    boolean isSingleCopy(long number) {
        return LINES_OF_TEN[random.below(10, number, 4)] == 1 && QUANTITY_OF_TEN[random.below(10, number, 40)] == 1;
    }

    public Order order(long number) {
        long placedAt = placedAt(number);
        OrderLife life = OrderLife.of(number);
        long customer = customers.registeredBefore(placedAt, random.roll(number, 1));
        Jurisdiction jurisdiction = customers.jurisdiction(customer);
        List<Order.Line> lines = lines(number, life, jurisdiction.country(), placedAt);
        long subtotal = lines.stream()
                .mapToLong(line -> line.quantity() * line.unitPrice())
                .sum();
        long discount = lines.stream().mapToLong(Order.Line::discount).sum();
        OptionalInt store = Store.drawn(random, number, 2, jurisdiction);
        long shipping = store.isPresent() ? 0 : shipping(jurisdiction.country(), subtotal - discount);
        long[] nets = lines.stream().mapToLong(Order.Line::net).toArray();
        TaxBill bill = TaxBill.of(taxes.at(jurisdiction, jurisdiction.localDate(placedAt)), nets, shipping);
        return new Order(
                number, life, placedAt, customer, jurisdiction, store, lines, subtotal, discount, shipping, bill);
    }

    private List<Order.Line> lines(long number, OrderLife life, Country country, long placedAt) {
        int count = LINES_OF_TEN[random.below(10, number, 4)];
        if (life.refundsPartially()) {
            count = Math.max(2, count);
        }
        List<Order.Line> plain = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            plain.add(line(number, i, country, placedAt));
        }
        int percent = country.fixesPrices() ? 0 : DISCOUNT_PERCENT_OF_TWENTY[random.below(20, number, 5)];
        return percent == 0 ? plain : discounted(plain, percent);
    }

    private Order.Line line(long number, int place, Country country, long placedAt) {
        Offers.Market market = Offers.market(country);
        int vendor = market.firstVendor() + random.below(market.vendors(), number, 10 + place);
        // The lesser of two draws: some listings sell better than others.
        int listing = Math.min(
                random.below(Offers.PER_VENDOR, number, 20 + place),
                random.below(Offers.PER_VENDOR, number, 30 + place));
        int offer = vendor * Offers.PER_VENDOR + listing;
        int quantity = QUANTITY_OF_TEN[random.below(10, number, 40 + place)];
        long unitPrice = offers.unitPrice(offer, offers.version(offer, placedAt));
        return new Order.Line(offer, offers.book(offer), quantity, unitPrice, 0, quantity * unitPrice);
    }

    /** The order's discount, rounded half up, allocated to the lines. */
    private static List<Order.Line> discounted(List<Order.Line> plain, int percent) {
        long[] weights = plain.stream().mapToLong(Order.Line::net).toArray();
        long subtotal = plain.stream().mapToLong(Order.Line::net).sum();
        long[] discounts = Allocation.byLargestRemainder((subtotal * percent + 50) / 100, weights);
        List<Order.Line> lines = new ArrayList<>(plain.size());
        for (int i = 0; i < discounts.length; i++) {
            lines.add(plain.get(i).discounted(discounts[i]));
        }
        return lines;
    }

    private static long shipping(Country country, long goods) {
        return switch (country) {
            case US -> goods >= 5_000 ? 0 : 499;
            case DE -> goods >= 4_000 ? 0 : 395;
            case JP -> goods >= 5_000 ? 0 : 500;
            case ET -> goods >= 250_000 ? 0 : 15_000;
        };
    }
}
