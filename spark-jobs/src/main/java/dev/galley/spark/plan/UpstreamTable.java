package dev.galley.spark.plan;

import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What may happen to rows of a table that others read. */
public record UpstreamTable(PipelineTable table, boolean losing) {
    /** Of all tables, those of which rows can go, or be marked as deleted, though nobody computes the table anew. */
    static Set<TableName> losing(List<PipelineTable> sorted, java.util.Map<TableName, Set<TableName>> upstreams) {
        Set<TableName> losing = new HashSet<>();
        for (PipelineTable table : sorted) {
            if (loses(table, losing, upstreams.getOrDefault(table.name(), Set.of()))) {
                losing.add(table.name());
            }
        }
        return losing;
    }

    private static boolean loses(PipelineTable table, Set<TableName> losing, Set<TableName> reads) {
        if (table instanceof BronzeTable bronze) {
            return bronze.snapshot();
        }
        ModelTable model = (ModelTable) table;
        if (model.write() instanceof WriteMode.ReplaceGroups
                || !model.write().deletion().equals(Deletion.NONE)) {
            return true;
        }
        if (model.write() instanceof WriteMode.Merge) {
            return model.incremental() instanceof Incremental.NewRowsOf rows && losing.contains(rows.table());
        }
        return !(model.write() instanceof WriteMode.Append) && reads.stream().anyMatch(losing::contains);
    }

    /** Whether its rows stay as they are. */
    public boolean appendOnly() {
        return table instanceof BronzeTable bronze
                ? !bronze.snapshot()
                : ((ModelTable) table).write() instanceof WriteMode.Append;
    }

    /** The columns that name a row, or a group of rows, that changes as one; empty if there are none. */
    public List<String> key() {
        return table instanceof ModelTable model ? model.write().key() : List.of();
    }

    /** Whether a change of it may leave some rows out that are as they were, without a key that tells which. */
    public boolean changesInPart() {
        return table instanceof ModelTable && key().isEmpty() && !appendOnly();
    }
}
