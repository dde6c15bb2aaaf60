package dev.galley.oracle;

/**
 * Where the rows of a write went: {@code delta + waiting = applied + deleted + superseded + duplicate + quarantined}. Of groups
 * every number counts versions of a group.
 */
public record WriteCounts(
        long delta, long waiting, long applied, long superseded, long duplicate, long quarantined, long deleted) {
    static final WriteCounts NONE = new WriteCounts(0, 0, 0, 0, 0, 0, 0);

    static WriteCounts applied(long rows) {
        return new WriteCounts(rows, 0, rows, 0, 0, 0, 0);
    }

    WriteCounts deletingToo(long keys) {
        return new WriteCounts(delta + keys, waiting, applied, superseded, duplicate, quarantined, deleted + keys);
    }
}
