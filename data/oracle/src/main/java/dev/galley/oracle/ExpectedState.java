package dev.galley.oracle;

import java.util.Map;

/**
 * What must be after an event.
 *
 * @param tables what readers see, and the quarantines
 * @param counts of the tables that the run wrote; empty if there was no run, or nobody hears of its counts
 */
public record ExpectedState(Outcome outcome, Map<String, TableState> tables, Map<String, WriteCounts> counts) {
    /** How an event ends. */
    public enum Outcome {
        PUBLISHED,
        NOTHING_NEW,
        BLOCKED,
        HELD,
        KILLED,
        /** It is not a run, and was done. */
        DONE,
        /** It changes nothing and says why. */
        REFUSED
    }
}
