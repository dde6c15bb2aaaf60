package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.EntityIds;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.TaxTable;

/**
 * A bookstore world: every record of every time as functions of its settings. Immutable; holds no records but the books
 * of a file.
 */
public final class World {
    private final WorldSettings settings;
    private final SeededRandom dice;
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
    public record IdBook(
            EntityIds authors,
            EntityIds vendors,
            EntityIds offers,
            EntityIds customers,
            EntityIds addresses,
            EntityIds stores,
            EntityIds salespeople,
            EntityIds carts,
            EntityIds orders,
            EntityIds payments,
            EntityIds shipments) {}

    public World(WorldSettings settings) {
        this.settings = settings;
        dice = new SeededRandom(SeededRandom.mix(settings.seed()));
        realBooks = settings.booksCsv().map(RealBooks::read).orElse(RealBooks.NONE);
        books = new Books(dice, settings.origin(), realBooks);
        authors = new Authors(dice, books, realBooks);
        offers = new Offers(dice, books, settings.origin());
        customers = new Customers(dice, settings);
        orders = new Orders(dice, settings, offers, customers, taxes);
        carts = new Carts(dice, settings, orders, offers, customers);
        rates = new FxRates(dice, settings.start());
        ids = new IdBook(
                EntityIds.of("aut_", dice),
                EntityIds.of("ven_", dice),
                EntityIds.of("off_", dice),
                EntityIds.of("cus_", dice),
                EntityIds.of("adr_", dice),
                EntityIds.of("sto_", dice),
                EntityIds.of("sal_", dice),
                EntityIds.of("crt_", dice),
                EntityIds.of("ord_", dice),
                EntityIds.of("pay_", dice),
                EntityIds.of("shp_", dice));
    }

    public WorldSettings settings() {
        return settings;
    }

    public TaxTable taxes() {
        return taxes;
    }

    public Books books() {
        return books;
    }

    /** Those of a file; none if there is no file. */
    public RealBooks realBooks() {
        return realBooks;
    }

    public Authors authors() {
        return authors;
    }

    public Offers offers() {
        return offers;
    }

    public Customers customers() {
        return customers;
    }

    public Orders orders() {
        return orders;
    }

    public Carts carts() {
        return carts;
    }

    public FxRates rates() {
        return rates;
    }

    public IdBook ids() {
        return ids;
    }

    public int below(int bound, Purpose purpose, long index, int draw) {
        return dice.below(bound, purpose, index, draw);
    }

    public long roll(Purpose purpose, long index, int draw) {
        return dice.roll(purpose, index, draw);
    }
}
