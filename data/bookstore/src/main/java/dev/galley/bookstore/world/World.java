package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.EntityIds;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.tax.TaxTable;

/**
 * A bookstore world: every record of every time as functions of its settings. Immutable; holds no records but the books
 * of a file.
 */
public record World(
        WorldSettings settings,
        SeededRandom random,
        TaxTable taxes,
        RealBooks realBooks,
        Books books,
        Authors authors,
        Offers offers,
        Customers customers,
        Orders orders,
        Carts carts,
        FxRates rates,
        IdBook ids) {
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

    /** The world that these settings fix; reads the file of books, if they name one. */
    public static World of(WorldSettings settings) {
        SeededRandom random = new SeededRandom(SeededRandom.mix(settings.seed()));
        TaxTable taxes = new TaxTable();
        RealBooks realBooks = settings.booksCsv().map(RealBooks::read).orElse(RealBooks.NONE);
        Books books = new Books(random, settings.origin(), realBooks);
        Offers offers = new Offers(random, books, settings.origin());
        Customers customers = new Customers(random, settings);
        Orders orders = new Orders(random, settings, offers, customers, taxes);
        IdBook ids = new IdBook(
                EntityIds.of("aut_", random),
                EntityIds.of("ven_", random),
                EntityIds.of("off_", random),
                EntityIds.of("cus_", random),
                EntityIds.of("adr_", random),
                EntityIds.of("sto_", random),
                EntityIds.of("sal_", random),
                EntityIds.of("crt_", random),
                EntityIds.of("ord_", random),
                EntityIds.of("pay_", random),
                EntityIds.of("shp_", random));
        return new World(
                settings,
                random,
                taxes,
                realBooks,
                books,
                new Authors(random, books, realBooks),
                offers,
                customers,
                orders,
                new Carts(random, settings, orders, offers, customers),
                new FxRates(random, settings.start()),
                ids);
    }
}
