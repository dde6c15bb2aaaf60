package dev.galley.spark.view;

import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SparkTable;

/** A table that the run writes: reads and writes go to the head of its branch. */
final class BranchTable extends SparkTable {
    BranchTable(Table table, String branch) {
        super(FrozenTable.of(table), branch, true);
    }
}
