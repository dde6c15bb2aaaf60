package dev.galley.definition.table;

import java.util.List;

/** What of its upstreams a model looks at. Declared, never guessed. */
public sealed interface Incremental {
    /** As the file says it; nothing for {@link Whole}. */
    CanonicalDefinition definition();

    /** Everything, each time. */
    record Whole() implements Incremental {
        @Override
        public CanonicalDefinition definition() {
            return new CanonicalDefinition();
        }
    }

    /** Of {@code table} the rows that are new or changed since this table last consumed it; all else whole. */
    record NewRowsOf(TableName table) implements Incremental {
        @Override
        public CanonicalDefinition definition() {
            return new CanonicalDefinition().with("new_rows_of", table.toString());
        }
    }

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

        @Override
        public CanonicalDefinition definition() {
            List<String> columns = by.stream().map(ColumnOf::toString).toList();
            return new CanonicalDefinition().with("affected", new CanonicalDefinition().with(column, columns));
        }
    }

    /** A column of a table: {@code silver.orders.paid_day}. */
    record ColumnOf(TableName table, String column) {
        @Override
        public String toString() {
            return table + "." + column;
        }
    }
}
