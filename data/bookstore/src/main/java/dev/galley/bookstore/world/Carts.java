package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.Arrivals;
import dev.galley.bookstore.world.chance.Population;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.Country;
import dev.galley.bookstore.world.tax.Jurisdiction;
import dev.galley.bookstore.world.tax.Store;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** The carts: cart n below {@link #TO_NOTHING} became order n; from there on they led to nothing. */
public final class Carts {
    public static final long TO_NOTHING = 1L << 39;

    private static final int MOST_LINES = 3;

    private final SeededRandom.Draws random;
    private final Population abandoned;
    private final Orders orders;
    private final Offers offers;
    private final Customers customers;

    Carts(SeededRandom random, WorldSettings settings, Orders orders, Offers offers, Customers customers) {
        this.random = random.of(Purpose.CART);
        // Of a hundred carts about sixty are abandoned.
        long perDay = Math.max(1, settings.scaledOrdersPerDay() * 3 / 2);
        abandoned = new Population(this.random, settings.origin(), new Arrivals(settings.start(), perDay));
        this.orders = orders;
        this.offers = offers;
        this.customers = customers;
    }

    /** Of the carts that led to nothing, numbered from 0. */
    public Population abandoned() {
        return abandoned;
    }

    public Cart cart(long number) {
        return number < TO_NOTHING ? converted(orders.order(number)) : abandoned(number - TO_NOTHING);
    }

    private Cart converted(Order order) {
        long filledAt = CartLife.TO_CHECKOUT.steps().get(1).delay().after(order.placedAt());
        return new Cart(
                order.number(),
                CartLife.TO_CHECKOUT,
                order.placedAt(),
                OptionalLong.of(order.customer()),
                order.jurisdiction(),
                order.store(),
                order.lines().stream()
                        .map(line -> seen(line.offer(), line.quantity(), filledAt))
                        .toList());
    }

    private Cart abandoned(long index) {
        long bornAt = abandoned.bornAt(index);
        OptionalLong customer = random.below(2, index, 1) == 0
                ? OptionalLong.empty()
                : OptionalLong.of(customers.registeredBefore(bornAt, random.roll(index, 3)));
        Jurisdiction jurisdiction = customer.isPresent()
                ? customers.jurisdiction(customer.getAsLong())
                : Jurisdiction.ofPercentile(random.below(100, index, 2));
        return new Cart(
                TO_NOTHING + index,
                CartLife.TO_NOTHING.get((int) (index % CartLife.TO_NOTHING.size())),
                bornAt,
                customer,
                jurisdiction,
                Store.drawn(random, index, 4, jurisdiction),
                IntStream.range(0, MOST_LINES)
                        .mapToObj(place -> line(index, place, jurisdiction.country(), bornAt))
                        .toList());
    }

    private Cart.Line line(long index, int place, Country country, long at) {
        Offers.Market market = Offers.market(country);
        int vendor = market.firstVendor() + random.below(market.vendors(), index, 10 + place);
        int offer = vendor * Offers.PER_VENDOR + random.below(Offers.PER_VENDOR, index, 20 + place);
        return seen(offer, 1 + random.below(2, index, 30 + place), at);
    }

    private Cart.Line seen(int offer, int quantity, long at) {
        return new Cart.Line(offer, quantity, offers.unitPrice(offer, offers.version(offer, at)));
    }
}
