package dev.galley.oracle;

/**
 * Where the rows of a write went: {@code delta + waiting = applied + deleted + superseded + duplicate + quarantined}. Of groups
 * every number counts versions of a group.
 */
public record Counts(
        long delta, long waiting, long applied, long superseded, long duplicate, long quarantined, long deleted) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    static Counts applied(long rows) {
        return new Counts(rows, 0, rows, 0, 0, 0, 0);
    }

    Counts deletingToo(long keys) {
        return new Counts(delta + keys, waiting, applied, superseded, duplicate, quarantined, deleted + keys);
    }
}
