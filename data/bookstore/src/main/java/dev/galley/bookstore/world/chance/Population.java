package dev.galley.bookstore.world.chance;

/** Orders or carts, numbered as they are born hour by hour. */
public record Population(SeededRandom.Draws random, long origin, Arrivals arrivals) {
    /** Births lie in the first 40 minutes of an hour, so that steps of up to 20 minutes stay in theirs. */
    public static final int BIRTH_SECONDS = 2_400;

    public long bornAt(long number) {
        return bornAt(number, arrivals.hourOf(number));
    }

    /** As {@link #bornAt(long)} where the hour of birth is known. */
    public long bornAt(long number, long hour) {
        return origin + hour * Instants.HOUR + random.below(BIRTH_SECONDS, number, 0);
    }

    /** Counted from the origin. */
    public long hourOf(long epochSecond) {
        return Math.floorDiv(epochSecond - origin, Instants.HOUR);
    }
}
