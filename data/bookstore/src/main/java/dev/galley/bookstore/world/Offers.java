package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.chance.Period;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.Country;

/** What vendors sell: offer o is listing o mod 300 of vendor o div 300. Vendors are numbers below {@link #VENDORS}. */
public final class Offers {
    public static final int VENDORS = 40;
    static final int PER_VENDOR = 300;
    public static final int COUNT = VENDORS * PER_VENDOR;

    private static final int NEW_PER_VENDOR = 200;
    /** Prime to the number of books in every market, so that a vendor lists no book twice in one condition. */
    private static final int STRIDE = 7;

    /** In the order of their vendors, who are neighbours. */
    private static final Market[] MARKETS = {
        new Market(Country.US, 0, 20, 0, 2_000),
        new Market(Country.DE, 20, 8, Books.GERMAN, 800),
        new Market(Country.JP, 28, 8, Books.JAPANESE, 800),
        new Market(Country.ET, 36, 4, 0, 400)
    };

    /** The vendors of a country, and the books that they sell. */
    record Market(Country country, int firstVendor, int vendors, int firstBook, int books) {}

    private final SeededRandom.Draws ofOffers;
    private final SeededRandom.Draws ofVendors;
    private final Books books;
    private final Period period;

    Offers(SeededRandom random, Books books, long origin) {
        ofOffers = random.of(Purpose.OFFER);
        ofVendors = random.of(Purpose.VENDOR);
        this.books = books;
        period = new Period(origin, 25);
    }

    static Market market(Country country) {
        int number = 0;
        while (MARKETS[number].country != country) {
            number++;
        }
        return MARKETS[number];
    }

    public static Country country(int vendor) {
        return marketOf(vendor).country;
    }

    private static Market marketOf(int vendor) {
        int number = 0;
        while (vendor >= MARKETS[number].firstVendor + MARKETS[number].vendors) {
            number++;
        }
        return MARKETS[number];
    }

    public static int vendor(int offer) {
        return offer / PER_VENDOR;
    }

    public static boolean isNew(int offer) {
        return offer % PER_VENDOR < NEW_PER_VENDOR;
    }

    public static boolean isFixed(int offer) {
        return isNew(offer) && country(vendor(offer)).fixesPrices();
    }

    public int book(int offer) {
        int vendor = vendor(offer);
        int listing = offer % PER_VENDOR;
        Market market = marketOf(vendor);
        int start = ofVendors.below(market.books, vendor, listing < NEW_PER_VENDOR ? 0 : 1);
        int place = listing < NEW_PER_VENDOR ? listing : listing - NEW_PER_VENDOR;
        return market.firstBook + (start + place * STRIDE) % market.books;
    }

    /** In minor units. A fixed price is the book's list price, for ever; a free one moves with each version. */
    public long unitPrice(int offer, int version) {
        int vendor = vendor(offer);
        Country country = country(vendor);
        long list = books.listPrice(book(offer), country, 1);
        if (isFixed(offer)) {
            return list;
        }
        int vendorPercent = country.fixesPrices() ? 100 : 85 + ofVendors.below(31, vendor, 2);
        int conditionPercent = isNew(offer) ? 100 : 45 + ofOffers.below(26, offer, 1);
        int todayPercent = 94 + ofOffers.below(13, offer, 100 + version);
        return list * vendorPercent * conditionPercent * todayPercent / 1_000_000;
    }

    public int stockOnHand(int offer, int version) {
        return ofOffers.below(200, offer, 1_000_000 + version);
    }

    public int stockReserved(int offer, int version) {
        return ofOffers.below(Math.min(stockOnHand(offer, version), 12) + 1, offer, 2_000_000 + version);
    }

    public int version(int offer, long now) {
        return 1 + (int) period.changes(offer, second(offer), now);
    }

    public long createdAt(int offer) {
        return period.origin() - (1 + ofOffers.below(29, offer, 2)) * Instants.DAY + second(offer);
    }

    public long updatedAt(int offer, long now) {
        return period.updatedAt(offer, second(offer), createdAt(offer), now);
    }

    private int second(int offer) {
        return ofOffers.below(86_400, offer, 3);
    }
}
