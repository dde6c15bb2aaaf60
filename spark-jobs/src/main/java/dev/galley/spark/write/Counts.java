package dev.galley.spark.write;

/**
 * Where the rows of a write went: {@code delta + waiting = applied + deleted + superseded + duplicate +
 * quarantined}. For tables
 * written in groups every number counts versions of a group, not rows.
 *
 * @param delta what the model's SELECT gave, and the keys that are gone though it gave nothing that says so
 * @param waiting what waited in quarantine when the run began
 * @param applied what is in the table now
 * @param superseded older than what the table has now
 * @param duplicate of a version that the table has already, or a copy of a row in quarantine
 * @param quarantined refused by this run, {@code stillWaiting} of them not for the first time
 * @param deleted keys that are gone now
 */
public record Counts(
        long delta,
        long waiting,
        long applied,
        long superseded,
        long duplicate,
        long quarantined,
        long stillWaiting,
        long deleted) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    /** Where no key is gone. */
    public Counts(
            long delta,
            long waiting,
            long applied,
            long superseded,
            long duplicate,
            long quarantined,
            long stillWaiting) {
        this(delta, waiting, applied, superseded, duplicate, quarantined, stillWaiting, 0);
    }

    /** Every row of the delta applied. */
    public static Counts ofApplied(long rows) {
        return new Counts(rows, 0, rows, 0, 0, 0, 0);
    }

    /** What was refused for the first time. */
    public long newlyQuarantined() {
        return quarantined - stillWaiting;
    }

    /** What left quarantine. */
    public long released() {
        return waiting - stillWaiting;
    }

    public boolean balanced() {
        return delta + waiting == applied + deleted + superseded + duplicate + quarantined;
    }
}
