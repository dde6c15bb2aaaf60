package dev.galley.spark.view;

import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SparkTable;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.RowLevelOperationBuilder;
import org.apache.spark.sql.connector.write.RowLevelOperationInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.jspecify.annotations.Nullable;

/** A table as of a snapshot or a branch. The stock SparkTable at a snapshot lets UPDATE and MERGE through, to main. */
class ReadOnlyTable extends SparkTable {
    ReadOnlyTable(Table table, @Nullable Long snapshot) {
        super(FrozenTable.of(table), snapshot, false);
    }

    ReadOnlyTable(Table table, @Nullable String branch) {
        super(FrozenTable.of(table), branch, false);
    }

    @Override
    public final WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        throw refusal();
    }

    @Override
    public final RowLevelOperationBuilder newRowLevelOperationBuilder(RowLevelOperationInfo info) {
        throw refusal();
    }

    @Override
    public final boolean canDeleteWhere(Predicate[] predicates) {
        throw refusal();
    }

    @Override
    public final void deleteWhere(Predicate[] predicates) {
        throw refusal();
    }

    private UnsupportedOperationException refusal() {
        return new UnsupportedOperationException("Cannot write " + name() + ": it is read-only in this run");
    }
}
