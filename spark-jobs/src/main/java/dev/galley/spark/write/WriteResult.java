package dev.galley.spark.write;

import dev.galley.spec.TableName;
import java.util.Map;

/**
 * What a write did.
 *
 * @param refused for each check that refused for the first time, how many rows (or versions of groups)
 */
public record WriteResult(TableName table, Counts counts, Changes changes, Map<String, Long> refused) {
    public WriteResult {
        refused = Map.copyOf(refused);
    }

    /** How the table differs from what it was before the run. */
    public enum Changes {
        NONE,
        /** The table had no rows before. */
        FIRST,
        /** Rows were added; none changed or left. */
        ADDED,
        /** Rows may have been added, changed and removed. */
        MIXED
    }
}
