package dev.galley.spark.write;

import dev.galley.definition.table.TableName;
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

    /** The same, with more keys that are gone. */
    WriteResult deletingToo(long keys) {
        Counts more = new Counts(
                counts.delta() + keys,
                counts.waiting(),
                counts.applied(),
                counts.superseded(),
                counts.duplicate(),
                counts.quarantined(),
                counts.stillWaiting(),
                counts.deleted() + keys);
        return new WriteResult(table, more, keys > 0 ? Changes.FIRST : changes, refused);
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
