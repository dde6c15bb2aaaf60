package dev.galley.catalog.ledger;

import dev.galley.definition.table.TableName;

/**
 * What a published run did to one table.
 *
 * @param fromLocation the metadata file before, {@code toLocation} after
 * @param snapshotId what {@code main} and the run's tag name
 */
public record RunTable(
        RunId run, TableName table, String fromLocation, String toLocation, long snapshotId, Change change) {
    public enum Change {
        /** {@code main} moved to the audited snapshot. */
        MOVED,
        /** {@code main} stayed; the tag was set. */
        TAGGED
    }
}
