package dev.galley.spark.write;

import dev.galley.definition.table.ModelTable;
import dev.galley.spark.view.SnapshotNotes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * One table to write.
 *
 * @param selected the rows of the model's SELECT, already restricted to what is new or affected; columns go by name
 * @param firstLoad whether the table has no rows before this write
 * @param affected values, null among them, of the partition column of {@code Incremental.Affected}: exactly these
 *     partitions are replaced, and rows of others ignored
 * @param parents what the rows of keyed modes come from, where it is known
 * @param notes for the snapshot; they stand on the branch even if no row changed
 */
public record WriteOrder(
        ModelTable table,
        Dataset<Row> selected,
        boolean firstLoad,
        Optional<List<@Nullable Object>> affected,
        Optional<Parents> parents,
        SnapshotNotes notes) {
    public WriteOrder {
        affected = affected.map(values -> Collections.unmodifiableList(new ArrayList<>(values)));
    }

    /** The same, its header calling the columns as the table does. */
    WriteOrder spelled(List<String> columns) {
        return new WriteOrder(
                table.spelled(columns), selected, firstLoad, affected, parents.map(of -> of.spelled(columns)), notes);
    }
}
