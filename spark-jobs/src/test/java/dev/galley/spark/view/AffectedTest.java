package dev.galley.spark.view;

import static dev.galley.spark.view.Scene.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffectedTest {
    private final Scene scene = new Scene();

    @AfterEach
    void leave() {
        scene.leave();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void namesTheValuesOfRowsBeforeAndAfterTheirChange(String mode) {
        TableName t = scene.published("t", mode);
        long since = scene.head(t);
        sql("UPDATE " + t + " SET day = DATE'2026-11-09', v = v + 1 WHERE k = 2");
        sql("INSERT INTO " + t + " VALUES (9L, NULL, 9, array())");
        scene.reading(t);

        for (String[] identity : new String[][] {{}, {"k", "v"}}) {
            scene.identified(t, identity).enter();
            assertThat(days(t, Window.since(since))).containsExactly("null", "2026-11-01", "2026-11-09");
            assertThat(days(t, Window.since(scene.head(t)))).isEmpty();
            assertThat(days(t, Window.whole())).containsExactly("null", "2026-11-01", "2026-11-02", "2026-11-09");
            scene.leave();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void deletedRowsCountCarriedOverRowsDoNot(String mode) {
        TableName t = scene.unpublished("t", mode);
        // One file per day with two channels in it, so that a rewrite carries the other over.
        sql("INSERT INTO " + t + " SELECT /*+ COALESCE(1) */ * FROM VALUES " + Scene.rows(1, 4));
        long since = scene.head(t);
        scene.writing(t).enter();
        sql("DELETE FROM " + t + " WHERE k = 3");

        assertThat(values(t, Window.since(since), "v")).containsExactly("30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void aValueThatMovesToAnotherColumnIsAChange(String mode) {
        TableName t = scene.unpublished("t", mode);
        sql("INSERT INTO " + t + " VALUES (1L, DATE'2026-11-01', 1, array('a', null))");
        long since = scene.head(t);
        sql("UPDATE " + t + " SET tags = array(null, 'a')");
        scene.reading(t).enter();

        assertThat(days(t, Window.since(since))).containsExactly("2026-11-01");
    }

    private static List<String> days(TableName table, Window window) {
        return text(new Affected(SharedSpark.session(), SharedSpark.catalog())
                .values(table, window, "day")
                .orderBy("day")
                .collectAsList());
    }

    private static List<String> values(TableName table, Window window, String column) {
        return text(new Affected(SharedSpark.session(), SharedSpark.catalog())
                .values(table, window, column)
                .orderBy(column)
                .collectAsList());
    }

    private static List<String> text(List<Row> rows) {
        return rows.stream().map(row -> String.valueOf(row.get(0))).toList();
    }
}
