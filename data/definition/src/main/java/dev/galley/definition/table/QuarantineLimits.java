package dev.galley.definition.table;

/**
 * Shares of a table's delta, 0 to 1, above which quarantined rows warn and block; deltas of fewer than {@code fromRows} rows
 * are not judged.
 */
public record QuarantineLimits(double warn, double block, long fromRows) {
    /** Warn above 0.5 %, block above 5 %, for deltas of 100 rows or more. */
    public static final QuarantineLimits DEFAULT = new QuarantineLimits(0.005, 0.05, 100);

    public QuarantineLimits {
        if (!(0 <= warn && warn <= block && block <= 1) || fromRows < 0) {
            throw new IllegalArgumentException(
                    "Not limits of quarantine: warn %s, block %s, from %d rows".formatted(warn, block, fromRows));
        }
    }
}
