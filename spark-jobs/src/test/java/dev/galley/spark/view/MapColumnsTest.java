package dev.galley.spark.view;

import static dev.galley.spark.SharedSpark.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Maps, which Spark neither compares nor groups: equal if their entries are, in any order. */
class MapColumnsTest {
    private final Scene scene = new Scene();

    @AfterEach
    void leave() {
        scene.leave();
    }

    @Test
    void changesAreToldByTheEntriesOfMapsNotByTheirOrder() {
        TableName t = new TableName(scene.namespace, "t");
        sql("CREATE TABLE " + t
                + " (k INT, day INT, m MAP<STRING, INT>, deep ARRAY<STRUCT<m: MAP<INT, MAP<STRING, INT>>>>)"
                + " USING iceberg TBLPROPERTIES ('write.delete.mode'='copy-on-write')");
        sql("INSERT INTO " + t + " SELECT /*+ COALESCE(1) */ * FROM VALUES "
                + row(1, "map('a', 1, 'b', 2)", "'x', 1, 'y', 2")
                + ", " + row(2, "map('a', 1)", "'x', 1, 'y', 2") + ", " + row(3, "map('a', null)", "'x', 1, 'y', 2")
                + ", "
                + row(4, "NULL", "'x', 1, 'y', 2"));
        long since = scene.head(t);
        scene.writing(t).enter();
        sql("INSERT OVERWRITE " + t + " SELECT /*+ COALESCE(1) */ * FROM VALUES "
                + row(1, "map('b', 2, 'a', 1)", "'y', 2, 'x', 1")
                + ", " + row(2, "map('a', 1)", "'x', 1, 'y', 3") + ", " + row(3, "map('a', 0)", "'x', 1, 'y', 2") + ", "
                + row(4, "NULL", "'y', 2, 'x', 1") + ", " + row(4, "NULL", "'y', 2, 'x', 1"));

        assertThat(SharedSpark.session()
                        .sql("SELECT k, m['a'] AS a, deep[0].m[7]['y'] AS y FROM " + t + ".delta ORDER BY k")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[2,1,3]", "[3,0,2]", "[4,null,2]");
        assertThat(new ChangedValues(SharedSpark.session(), SharedSpark.catalog())
                        .values(t, ChangeRange.since(since), "day"))
                .extracting(String::valueOf)
                .containsExactlyInAnyOrder("2", "3", "4");
    }

    private static String row(int k, String map, String inner) {
        return "(%d, %d, %s, array(named_struct('m', map(7, map(%s)))))".formatted(k, k, map, inner);
    }
}
