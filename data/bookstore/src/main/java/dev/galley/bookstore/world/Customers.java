package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.chance.Period;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.Jurisdiction;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The customers: a base population that registered in the two years before the start, evenly, and some new ones each
 * day. Customer i never moves out of its jurisdiction; once a year something of it changes.
 */
public final class Customers {
    public static final int DAYS_BEFORE_START = 730;
    private static final int BASE = 20_000;
    private static final int PERIOD_DAYS = 365;
    private static final int NUMBERS = 1 << 20;

    private final SeededRandom.Draws random;
    private final long origin;
    private final long base;
    private final long newPerDay;
    private final Period period;

    Customers(SeededRandom random, WorldSettings settings) {
        this.random = random.of(Purpose.CUSTOMER);
        origin = settings.origin();
        base = (long) BASE * settings.scale();
        newPerDay = Math.max(1, settings.scaledOrdersPerDay() / 20);
        period = new Period(origin, PERIOD_DAYS);
    }

    /** Customers registered before this day (counted from the start date; negative before it) begins. */
    public long before(long day) {
        if (day >= 0) {
            return base + newPerDay * day;
        }
        long days = Math.max(0, DAYS_BEFORE_START + day);
        return (days * base + DAYS_BEFORE_START - 1) / DAYS_BEFORE_START;
    }

    /** Picks one of those who had registered by the evening before an instant. */
    long registeredBefore(long instant, long roll) {
        return Math.floorMod(roll, before(Math.floorDiv(instant - origin, Instants.DAY)));
    }

    public long createdAt(long customer) {
        long day = customer < base
                ? customer * DAYS_BEFORE_START / base - DAYS_BEFORE_START
                : (customer - base) / newPerDay;
        return origin + day * Instants.DAY + second(customer);
    }

    public int version(long customer, long now) {
        return 1 + (int) (changes(customer, now) - changes(customer, createdAt(customer)));
    }

    public long updatedAt(long customer, long now) {
        return period.updatedAt(customer, second(customer), createdAt(customer), now);
    }

    /** Days between two changes: who changes on day d has a number that is d modulo these. */
    public static int period() {
        return PERIOD_DAYS;
    }

    public Jurisdiction jurisdiction(long customer) {
        return Jurisdiction.ofPercentile(random.below(100, customer, 1));
    }

    /** Unique: the first half is a bijection of the customer. */
    public String emailHash(long customer) {
        long first = SeededRandom.mix(customer ^ random.roll(-1, 0));
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(random.roll(customer, 2));
    }

    public String givenName(long customer) {
        return PersonNames.given(jurisdiction(customer).country(), random.below(NUMBERS, customer, 3));
    }

    public Optional<String> familyName(long customer) {
        return PersonNames.family(jurisdiction(customer).country(), random.below(NUMBERS, customer, 4));
    }

    public boolean optsIn(long customer, int version) {
        return random.below(3, customer, 100 + version) == 0;
    }

    /** Addresses have numbers: customer * 2, and customer * 2 + 1 where there is a second one. */
    public int addressCount(long customer) {
        return random.below(4, customer, 5) == 0 ? 2 : 1;
    }

    public String line1(long customer, int address, int version) {
        int house = 1 + random.below(180, customer, 20 + address) + (address == 0 ? version : 0);
        return PersonNames.street(
                jurisdiction(customer).country(), random.below(NUMBERS, customer, 30 + address), house);
    }

    public String city(long customer, int address) {
        return PersonNames.city(jurisdiction(customer), random.below(NUMBERS, customer, 40 + address));
    }

    public Optional<String> postalCode(long customer, int address) {
        return PersonNames.postalCode(jurisdiction(customer), random.below(NUMBERS, customer, 40 + address));
    }

    private long changes(long customer, long at) {
        return period.changes(customer, second(customer), at);
    }

    private int second(long customer) {
        return random.below(86_400, customer, 6);
    }
}
