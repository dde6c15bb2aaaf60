package dev.galley.spark.write;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows computed once, at their first use, and kept until closed. Unlike a cached dataset, what is built on them does not
 * carry the plan that made them, which costs more to analyze again and again than a small delta costs to compute. A lost
 * executor's part is computed anew.
 */
final class Materialized implements AutoCloseable {
    private final JavaRDD<InternalRow> kept;
    private final Dataset<Row> rows;

    Materialized(SparkSession spark, Dataset<Row> rows) {
        this.kept = rows.queryExecution()
                .toRdd()
                .toJavaRDD()
                .map(InternalRow::copy) // Spark hands out one row again and again
                .persist(StorageLevel.MEMORY_AND_DISK());
        this.rows = spark.internalCreateDataFrame(kept.rdd(), rows.schema(), false);
    }

    Dataset<Row> rows() {
        return rows;
    }

    @Override
    public void close() {
        kept.unpersist(false);
    }
}
