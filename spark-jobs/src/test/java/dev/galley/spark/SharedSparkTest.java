package dev.galley.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class SharedSparkTest {
    @Test
    void writesAndReadsAnIcebergTableInTheDefaultCatalog() {
        String t = SharedSpark.namespace() + ".t";
        SharedSpark.sql("CREATE TABLE " + t + " (id BIGINT, tags ARRAY<STRING>) USING iceberg");
        SharedSpark.sql("INSERT INTO " + t + " VALUES (1, array('a')), (2, array())");

        assertThat(SharedSpark.sql("SELECT id, size(tags) FROM galley." + t + " ORDER BY id"))
                .containsExactly(RowFactory.create(1L, 1), RowFactory.create(2L, 0));
        assertThat(SharedSpark.table(t).currentSnapshot().summary()).containsEntry("added-records", "2");
    }

    @Test
    void isNotInTheTestingModeOfSpark() {
        assertThat(System.getProperty("spark.testing"))
                .as("spark.testing breaks copy-on-write deletes of format v3")
                .isNull();
        assertThat(System.getenv("SPARK_TESTING")).isNull();
    }

    @Test
    void leavesTheTextOfAModelAlone() {
        assertThat(SharedSpark.sql("SELECT '${spark.app.name}'"))
                .containsExactly(RowFactory.create("${spark.app.name}"));
    }
}
