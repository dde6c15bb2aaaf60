package dev.galley.bookstore.world.chance;

/**
 * Things that change once every so many days, each in its own phase, from an origin on.
 *
 * @param origin the epoch second of a day's beginning
 */
public record Period(long origin, int periodDays) {
    /** Changes at or before the instant of a thing that changes on day {@code phase} of each period, at that second. */
    public long changes(int phase, int secondOfDay, long at) {
        long first = first(phase, secondOfDay);
        return at < first ? 0 : (at - first) / period() + 1;
    }

    /** When the nth change (from 1) happens. */
    public long change(int phase, int secondOfDay, long nth) {
        return first(phase, secondOfDay) + (nth - 1) * period();
    }

    private long first(int phase, int secondOfDay) {
        return origin + phase * Instants.DAY + secondOfDay;
    }

    private long period() {
        return periodDays * Instants.DAY;
    }
}
