package dev.galley.spark.view;

import static dev.galley.spark.SameRows.assertSameRows;
import static dev.galley.spark.view.Scene.kv;
import static dev.galley.spark.view.Scene.query;
import static dev.galley.spark.view.Scene.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeRangeTest {
    private static final String COW = "copy-on-write";

    private final Scene scene = new Scene();

    @AfterEach
    void leave() {
        scene.leave();
    }

    @Test
    void showsAppendedRowsOfAPinnedTable() {
        TableName t = scene.published("t", COW);
        long since = scene.head(t);
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(5, 6));
        scene.reading(t);
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(7, 7));
        scene.enter();

        assertThat(kv(() -> windowed(t, since, "SELECT * FROM " + t))).containsExactly("5=50", "6=60");
        assertThat(kv(t.toString())).hasSize(6);
    }

    @Test
    void showsTheMetadataColumnsOfAppendedRows() {
        TableName t = scene.published("t", COW);
        long since = scene.head(t);
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(5, 5));
        scene.reading(t).enter();

        assertThat(windowed(t, since, "SELECT k, _file FROM " + t).collectAsList())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void showsNewAndChangedRowsOfAMergedTableAndNoneThatWereCarriedOver(String mode) {
        TableName t = scene.published("t", mode);
        long since = scene.head(t);
        sql("UPDATE " + t + " SET v = 7, tags = array('x', null) WHERE k = 2");
        sql("DELETE FROM " + t + " WHERE k = 3");
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(5, 5));
        scene.reading(t).enter();

        assertThat(kv(() -> windowed(t, since, "SELECT * FROM " + t))).containsExactly("2=7", "5=50");
        assertThat(windowed(t, since, "SELECT k, explode(tags) AS tag FROM " + t + " ORDER BY k, tag")
                        .collectAsList())
                .containsExactly(RowFactory.create(2L, null), RowFactory.create(2L, "x"), RowFactory.create(5L, "t5"));
    }

    /** Merge-on-read compares no rows: what was written anew is new. */
    @ParameterizedTest
    @CsvSource({"copy-on-write, ''", "merge-on-read, 2=20"})
    void anUpdateToTheSameValuesIsAChangeOnlyWhereItsRowsAreWrittenAlone(String mode, String expected) {
        TableName t = scene.published("t", mode);
        long since = scene.head(t);
        sql("UPDATE " + t + " SET v = v WHERE k = 2");
        scene.reading(t).enter();

        assertThat(String.join(" ", kv(() -> windowed(t, since, "SELECT * FROM " + t))))
                .isEqualTo(expected);
    }

    @Test
    void aRowUpdatedTwiceIsNewOnceAndOneDeletedAgainNotAtAll() {
        TableName t = scene.published("t", "merge-on-read");
        long since = scene.head(t);
        sql("UPDATE " + t + " SET v = 7 WHERE k = 2");
        sql("UPDATE " + t + " SET v = 8 WHERE k IN (2, 4)");
        sql("DELETE FROM " + t + " WHERE k = 4");
        scene.reading(t).enter();

        assertThat(kv(() -> windowed(t, since, "SELECT * FROM " + t))).containsExactly("2=8");
    }

    @Test
    void compactionIsNoChange() {
        TableName t = scene.published("t", COW);
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(1, 2));
        long since = scene.head(t);
        sql("CALL galley.system.rewrite_data_files(table => '" + t + "', options => map('rewrite-all', 'true'))");
        assertThat(scene.head(t)).isNotEqualTo(since);
        scene.reading(t).enter();

        assertThat(kv(() -> windowed(t, since, "SELECT * FROM " + t))).isEmpty();
    }

    @Test
    void showsWhatThisRunWroteUpToNow() {
        TableName t = scene.published("t", COW);
        long since = scene.head(t);
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(5, 5));
        scene.writing(t).enter();
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(6, 6));
        sql("UPDATE " + t + " SET v = 7 WHERE k = 1");

        assertThat(kv(() -> windowed(t, since, "SELECT * FROM " + t))).containsExactly("1=7", "5=50", "6=60");
        // The changes of the run itself.
        assertThat(kv(t + ".delta")).containsExactly("1=7", "6=60");
        // Those of the window, where one is open.
        assertThat(kv(() -> windowed(t, since, "SELECT * FROM " + t + ".delta")))
                .containsExactly("1=7", "5=50", "6=60");
        assertThat(kv(() -> windowed(t, since, "SELECT * FROM " + t + ".before")))
                .containsExactly("1=10", "2=20", "3=30", "4=40");
    }

    @Test
    void withoutAStartItIsTheWholeTable() {
        TableName own = scene.published("own", COW);
        TableName other = scene.published("other", COW);
        TableName late = scene.unpublished("late", COW);
        scene.writing(own).reading(other);
        sql("INSERT INTO " + other + " VALUES " + Scene.rows(5, 5));
        scene.enter();
        sql("UPDATE " + own + " SET v = 7 WHERE k = 1");
        Map<TableName, ChangeRange> all =
                Map.of(own, ChangeRange.whole(), other, ChangeRange.whole(), late, ChangeRange.whole());

        assertThat(kv(() -> reading(all, "SELECT * FROM " + own)))
                .contains("1=7")
                .hasSize(4);
        assertThat(kv(() -> reading(all, "SELECT * FROM " + other))).hasSize(4);
        assertThat(kv(() -> reading(all, "SELECT * FROM " + other + ".added"))).hasSize(4);
        assertThat(kv(() -> reading(all, "SELECT * FROM " + other + ".before"))).isEmpty();
        assertThat(kv(() -> reading(all, "SELECT * FROM " + late))).isEmpty();
    }

    @Test
    void anUnchangedTableIsEmptyWithItsColumns() {
        TableName t = scene.published("t", COW);
        long since = scene.head(t);
        Scene.table(t).newAppend().set("galley.run", "r0").commit();
        scene.reading(t).enter();

        Dataset<Row> none = windowed(t, since, "SELECT * FROM " + t);
        Dataset<Row> same = windowed(t, scene.head(t), "SELECT * FROM " + t);

        assertThat(none.collectAsList()).isEmpty();
        assertThat(same.collectAsList()).isEmpty();
        assertThat(none.schema()).isEqualTo(query("SELECT * FROM " + t).schema());
        assertThat(windowed(t, since, "SELECT count(*), max(v) FROM " + t).collectAsList())
                .containsExactly(RowFactory.create(0L, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void resolvesWhereverTheNameStands(String mode) {
        TableName t = scene.published("t", mode);
        TableName other = scene.published("other", mode);
        long since = scene.head(t);
        sql("UPDATE " + t + " SET v = 7 WHERE k = 2");
        scene.reading(t).reading(other).enter();
        String sql = """
                WITH fresh AS (SELECT * FROM %1$s), again AS (SELECT k, max(v) AS top FROM galley.%1$s GROUP BY k)
                SELECT f.k, a.top, t.v, o.v, (SELECT count(*) FROM `%2$s`.t)
                FROM fresh f JOIN again a USING (k) JOIN %1$s AS t USING (k) LEFT JOIN %3$s o USING (k)
                WHERE f.k IN (SELECT k FROM %1$s) AND EXISTS (SELECT 1 FROM %1$s x WHERE x.k = f.k)""".formatted(t, scene.namespace, other);

        assertThat(windowed(t, since, sql).collectAsList()).containsExactly(RowFactory.create(2L, 7, 7, 20, 1L));
        assertThat(windowed(t, since, "SELECT t.k, %1$s.v, galley.%1$s.day IS NULL FROM galley.%1$s".formatted(t))
                        .collectAsList())
                .containsExactly(RowFactory.create(2L, 7, false));
    }

    @Test
    void whatWasAnalyzedKeepsItsWindowWhenExecutedLater() {
        TableName t = scene.published("t", COW);
        long since = scene.head(t);
        sql("UPDATE " + t + " SET v = 7 WHERE k = 2");
        scene.reading(t).enter();
        Dataset<Row> rows = windowed(t, since, "SELECT * FROM " + t);

        assertSameRows(query("SELECT * FROM " + t + " WHERE k = 2"), rows.filter("v > 0"));
        assertThat(rows.join(query("SELECT k, v AS all FROM " + t), "k").count())
                .isEqualTo(1);
    }

    @Test
    void eachThreadHasItsOwn() throws InterruptedException, ExecutionException {
        TableName t = scene.published("t", COW);
        List<Long> starts = new ArrayList<>(List.of(scene.head(t)));
        for (int k = 5; k <= 8; k++) {
            sql("INSERT INTO " + t + " VALUES " + Scene.rows(k, k));
            starts.add(scene.head(t));
        }
        scene.reading(t).enter();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                long since = starts.get(i % starts.size());
                counts.add(threads.submit(
                        () -> windowed(t, since, "SELECT * FROM " + t).count()));
            }
            for (int i = 0; i < counts.size(); i++) {
                assertThat(counts.get(i).get()).isEqualTo(4L - i % starts.size());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(query("SELECT * FROM " + t).count()).isEqualTo(8);
    }

    @Test
    void anExpiredStartIsNamed() {
        TableName t = scene.published("t", COW);
        scene.reading(t).enter();

        assertThatThrownBy(() -> windowed(t, 42, "SELECT * FROM " + t))
                .isInstanceOf(SnapshotGoneException.class)
                .hasMessageContaining("t since snapshot 42: the snapshot has expired. Run again with --full-refresh");
        assertThatThrownBy(() -> windowed(t, 42, "SELECT * FROM " + t + ".before"))
                .isInstanceOf(SnapshotGoneException.class);
    }

    @Test
    void aWindowIsNotWritten() {
        TableName t = scene.published("t", COW);
        long since = scene.head(t);
        scene.writing(t).enter();

        assertThatThrownBy(() -> windowed(t, since, "INSERT INTO " + t + " VALUES " + Scene.rows(5, 5)))
                .hasMessageContaining("Cannot write " + t);
    }

    private static Dataset<Row> windowed(TableName table, long since, String sql) {
        return reading(Map.of(table, ChangeRange.since(since)), sql);
    }

    private static Dataset<Row> reading(Map<TableName, ChangeRange> windows, String sql) {
        return SharedSpark.catalog().reading(windows, () -> query(sql));
    }
}
