package dev.galley.spark;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Compares relations as bags of rows, inside Spark; a failure shows the rows that differ. */
public final class SameRows {
    private SameRows() {}

    /** Fails unless both have the same columns and each row as often, in whatever order. */
    public static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
        new OnSharedSession().assertDataFrameNoOrderEquals(expected, actual);
    }

    private static final class OnSharedSession extends JavaDataFrameSuiteBase {
        private static final long serialVersionUID = 1L;

        @Override
        public SparkSession spark() {
            return SharedSpark.session();
        }
    }
}
