package dev.galley.spark.view;

import org.apache.iceberg.Table;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/** No rows, with the current columns of a table. Iceberg stages no empty set of files. */
final class EmptyTable extends ReadOnlyTable {
    EmptyTable(Table table) {
        super(table, (Long) null);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return new NoRows(schema());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EmptyTable && super.equals(other);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode();
    }

    private static final class NoRows implements SupportsPushDownRequiredColumns, Scan, Batch {
        private StructType columns;

        NoRows(StructType columns) {
            this.columns = columns;
        }

        @Override
        public void pruneColumns(StructType required) {
            columns = required;
        }

        @Override
        public Scan build() {
            return this;
        }

        @Override
        public StructType readSchema() {
            return columns;
        }

        @Override
        public Batch toBatch() {
            return this;
        }

        @Override
        public InputPartition[] planInputPartitions() {
            return new InputPartition[0];
        }

        @Override
        public PartitionReaderFactory createReaderFactory() {
            return partition -> {
                throw new IllegalStateException("Cannot read " + partition + ": there are no rows");
            };
        }
    }
}
