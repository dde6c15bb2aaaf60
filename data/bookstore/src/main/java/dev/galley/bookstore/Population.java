package dev.galley.bookstore;

import dev.galley.bookstore.Dice.Purpose;

/** Orders or carts, numbered as they are born hour by hour. */
record Population(Dice dice, Purpose purpose, long origin, Births births) {
    /** Births lie in the first 40 minutes of an hour, so that steps of up to 20 minutes stay in theirs. */
    static final int BIRTH_SECONDS = 2_400;

    long bornAt(long number) {
        return bornAt(number, births.hourOf(number));
    }

    /** As {@link #bornAt(long)} where the hour of birth is known. */
    long bornAt(long number, long hour) {
        return origin + hour * Instants.HOUR + dice.below(BIRTH_SECONDS, purpose, number, 0);
    }

    /** Counted from the origin. */
    long hourOf(long epochSecond) {
        return Math.floorDiv(epochSecond - origin, Instants.HOUR);
    }
}
