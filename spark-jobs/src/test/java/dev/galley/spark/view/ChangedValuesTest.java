package dev.galley.spark.view;

import static dev.galley.spark.view.Scene.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangedValuesTest {
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
            assertThat(days(t, ChangeRange.since(since))).containsExactly("2026-11-01", "2026-11-09", "null");
            assertThat(days(t, ChangeRange.since(scene.head(t)))).isEmpty();
            assertThat(days(t, ChangeRange.whole())).containsExactly("2026-11-01", "2026-11-02", "2026-11-09", "null");
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

        assertThat(values(t, ChangeRange.since(since), "v")).containsExactly("30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void aValueThatMovesToAnotherColumnIsAChange(String mode) {
        TableName t = scene.unpublished("t", mode);
        sql("INSERT INTO " + t + " VALUES (1L, DATE'2026-11-01', 1, array('a', null))");
        long since = scene.head(t);
        sql("UPDATE " + t + " SET tags = array(null, 'a')");
        scene.reading(t).enter();

        assertThat(days(t, ChangeRange.since(since))).containsExactly("2026-11-01");
    }

    private static List<String> days(TableName table, ChangeRange window) {
        return values(table, window, "day");
    }

    private static List<String> values(TableName table, ChangeRange window, String column) {
        return new ChangedValues(SharedSpark.session(), SharedSpark.catalog())
                .values(table, window, column).stream()
                        .map(String::valueOf)
                        .sorted()
                        .toList();
    }
}
