package dev.galley.bookstore;

import dev.galley.bookstore.Dice.Purpose;

/**
 * A bookstore world: every record of every time as functions of its settings. Immutable; holds no records but the books
 * of a file.
 */
final class World {
    private final WorldSettings settings;
    private final Dice dice;
    private final TaxTable taxes = new TaxTable();
    private final RealBooks realBooks;
    private final Books books;
    private final Authors authors;
    private final Offers offers;
    private final Customers customers;
    private final Orders orders;
    private final Carts carts;
    private final FxRates rates;
    private final IdBook ids;

    /** The id spaces of the entities. */
    record IdBook(
            Ids authors,
            Ids vendors,
            Ids offers,
            Ids customers,
            Ids addresses,
            Ids stores,
            Ids salespeople,
            Ids carts,
            Ids orders,
            Ids payments,
            Ids shipments) {}

    World(WorldSettings settings) {
        this.settings = settings;
        dice = new Dice(Dice.mix(settings.seed()));
        realBooks = settings.booksCsv().map(RealBooks::read).orElse(RealBooks.NONE);
        books = new Books(dice, settings.origin(), realBooks);
        authors = new Authors(dice, books, realBooks);
        offers = new Offers(dice, books, settings.origin());
        customers = new Customers(dice, settings);
        orders = new Orders(dice, settings, offers, customers, taxes);
        carts = new Carts(dice, settings, orders, offers, customers);
        rates = new FxRates(dice, settings.start());
        ids = new IdBook(
                Ids.of("aut_", dice),
                Ids.of("ven_", dice),
                Ids.of("off_", dice),
                Ids.of("cus_", dice),
                Ids.of("adr_", dice),
                Ids.of("sto_", dice),
                Ids.of("sal_", dice),
                Ids.of("crt_", dice),
                Ids.of("ord_", dice),
                Ids.of("pay_", dice),
                Ids.of("shp_", dice));
    }

    WorldSettings settings() {
        return settings;
    }

    TaxTable taxes() {
        return taxes;
    }

    Books books() {
        return books;
    }

    /** Those of a file; none if there is no file. */
    RealBooks realBooks() {
        return realBooks;
    }

    Authors authors() {
        return authors;
    }

    Offers offers() {
        return offers;
    }

    Customers customers() {
        return customers;
    }

    Orders orders() {
        return orders;
    }

    Carts carts() {
        return carts;
    }

    FxRates rates() {
        return rates;
    }

    IdBook ids() {
        return ids;
    }

    int below(int bound, Purpose purpose, long index, int draw) {
        return dice.below(bound, purpose, index, draw);
    }

    long roll(Purpose purpose, long index, int draw) {
        return dice.roll(purpose, index, draw);
    }
}
