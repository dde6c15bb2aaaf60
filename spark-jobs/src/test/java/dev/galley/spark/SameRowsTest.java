package dev.galley.spark;

import static dev.galley.spark.SameRows.assertSameRows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SameRowsTest {
    @Test
    void ignoresOrderButNotHowOftenARowStands() {
        Dataset<Row> twice = rows("(1, array('a')), (2, null), (1, array('a'))");

        assertSameRows(twice, rows("(2, null), (1, array('a')), (1, array('a'))"));
        assertThatThrownBy(() -> assertSameRows(twice, rows("(2, null), (2, null), (1, array('a'))")))
                .isInstanceOf(AssertionError.class);
    }

    private static Dataset<Row> rows(String values) {
        return SharedSpark.session().sql("SELECT * FROM VALUES " + values + " AS t(id, tags)");
    }
}
