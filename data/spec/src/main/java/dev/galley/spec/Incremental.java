package dev.galley.spec;

import java.util.List;

/** What of its upstreams a model looks at. Declared, never guessed. */
public sealed interface Incremental {
    /** Everything, each time. */
    record Whole() implements Incremental {}

    /** Of {@code table} the rows that are new or changed since this table last consumed it; all else whole. */
    record NewRowsOf(TableName table) implements Incremental {}

    /**
     * The target partitions named by changed upstream rows, before and after the change, are computed anew.
     *
     * @param column the target's partition column
     * @param by upstream columns with values of that column
     */
    record Affected(String column, List<ColumnOf> by) implements Incremental {
        public Affected {
            by = List.copyOf(by);
        }
    }

    /** A column of a table: {@code silver.orders.paid_day}. */
    record ColumnOf(TableName table, String column) {}
}
