package dev.galley.catalog.run;

import dev.galley.definition.table.TableName;
import java.time.Instant;
import java.util.List;

/**
 * A publication that happened.
 *
 * @param tables sorted by name
 */
public record PublishedRun(RunId run, String pipeline, Instant at, List<Table> tables) {
    public PublishedRun {
        tables = List.copyOf(tables);
    }

    /**
     * What it did to one table.
     *
     * @param fromLocation the metadata file before, {@code toLocation} after
     * @param snapshotId what {@code main} and the run's tag name
     */
    public record Table(TableName name, String fromLocation, String toLocation, long snapshotId, Change change) {}

    public enum Change {
        /** {@code main} moved to the audited snapshot. */
        MOVED,
        /** {@code main} stayed; the tag was set. */
        TAGGED
    }

    /** How many tables have another {@code main} now. */
    public long moved() {
        return tables.stream().filter(table -> table.change() == Change.MOVED).count();
    }
}
