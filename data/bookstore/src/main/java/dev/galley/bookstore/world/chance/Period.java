package dev.galley.bookstore.world.chance;

/**
 * Things that change once every so many days, from an origin on: thing n on day n mod {@code days} of each period, at a
 * second of the day that is its own.
 *
 * @param origin the epoch second of a day's beginning
 */
public record Period(long origin, int days) {
    /** Changes of a thing at or before an instant. */
    public long changes(long number, int secondOfDay, long at) {
        long first = first(number, secondOfDay);
        return at < first ? 0 : (at - first) / seconds() + 1;
    }

    /** When a thing changed last by an instant; when it was created, if it has not changed since. */
    public long updatedAt(long number, int secondOfDay, long createdAt, long at) {
        long changes = changes(number, secondOfDay, at);
        return changes == 0 ? createdAt : Math.max(createdAt, first(number, secondOfDay) + (changes - 1) * seconds());
    }

    private long first(long number, int secondOfDay) {
        return origin + number % days * Instants.DAY + secondOfDay;
    }

    private long seconds() {
        return days * Instants.DAY;
    }
}
