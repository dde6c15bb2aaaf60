package dev.galley.bookstore;

import dev.galley.bookstore.Dice.Purpose;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The customers: a base population that registered in the two years before the start, evenly, and some new ones each
 * day. Customer i never moves out of its jurisdiction; once a year something of it changes.
 */
final class Customers {
    static final int DAYS_BEFORE_START = 730;
    private static final int BASE = 20_000;
    private static final int PERIOD_DAYS = 365;
    private static final int NUMBERS = 1 << 20;

    private final Dice dice;
    private final long origin;
    private final long base;
    private final long newPerDay;
    private final Rhythm rhythm;

    Customers(Dice dice, WorldSettings settings) {
        this.dice = dice;
        origin = settings.origin();
        base = (long) BASE * settings.scale();
        newPerDay = Math.max(1, settings.scaledOrdersPerDay() / 20);
        rhythm = new Rhythm(origin, PERIOD_DAYS);
    }

    /** Customers registered before this day (counted from the start date; negative before it) begins. */
    long before(long day) {
        if (day >= 0) {
            return base + newPerDay * day;
        }
        long days = Math.max(0, DAYS_BEFORE_START + day);
        return (days * base + DAYS_BEFORE_START - 1) / DAYS_BEFORE_START;
    }

    long createdAt(long customer) {
        long day = customer < base
                ? customer * DAYS_BEFORE_START / base - DAYS_BEFORE_START
                : (customer - base) / newPerDay;
        return origin + day * Instants.DAY + second(customer);
    }

    int version(long customer, long now) {
        return 1 + (int) (changes(customer, now) - changes(customer, createdAt(customer)));
    }

    long updatedAt(long customer, long now) {
        long changes = changes(customer, now);
        return changes == changes(customer, createdAt(customer))
                ? createdAt(customer)
                : rhythm.change(phase(customer), second(customer), changes);
    }

    /** Those who change on day d have phase d mod {@link #period()}. */
    static int phase(long customer) {
        return (int) (customer % PERIOD_DAYS);
    }

    static int period() {
        return PERIOD_DAYS;
    }

    Jurisdiction jurisdiction(long customer) {
        return Jurisdiction.ofPercentile(below(100, customer, 1));
    }

    /** Unique: the first half is a bijection of the customer. */
    String emailHash(long customer) {
        long first = Dice.mix(customer ^ dice.roll(Purpose.CUSTOMER, -1, 0));
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(dice.roll(Purpose.CUSTOMER, customer, 2));
    }

    String givenName(long customer) {
        return Names.given(jurisdiction(customer).country(), below(NUMBERS, customer, 3));
    }

    Optional<String> familyName(long customer) {
        return Names.family(jurisdiction(customer).country(), below(NUMBERS, customer, 4));
    }

    boolean optsIn(long customer, int version) {
        return below(3, customer, 100 + version) == 0;
    }

    /** Addresses have numbers: customer * 2, and customer * 2 + 1 where there is a second one. */
    int addressCount(long customer) {
        return below(4, customer, 5) == 0 ? 2 : 1;
    }

    String line1(long customer, int address, int version) {
        int house = 1 + below(180, customer, 20 + address) + (address == 0 ? version : 0);
        return Names.street(jurisdiction(customer).country(), below(NUMBERS, customer, 30 + address), house);
    }

    String city(long customer, int address) {
        return Names.city(jurisdiction(customer), below(NUMBERS, customer, 40 + address));
    }

    Optional<String> postalCode(long customer, int address) {
        return Names.postalCode(jurisdiction(customer), below(NUMBERS, customer, 40 + address));
    }

    private long changes(long customer, long at) {
        return rhythm.changes(phase(customer), second(customer), at);
    }

    private int second(long customer) {
        return below(86_400, customer, 6);
    }

    private int below(int bound, long customer, int draw) {
        return dice.below(bound, Purpose.CUSTOMER, customer, draw);
    }
}
