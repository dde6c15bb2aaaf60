package dev.galley.spark.view;

import static dev.galley.spark.SameRows.assertSameRows;
import static dev.galley.spark.view.Scene.kv;
import static dev.galley.spark.view.Scene.query;
import static dev.galley.spark.view.Scene.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.spark.ScanTaskSetManager;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCatalogReadTest {
    private static final String COW = "copy-on-write";

    private final Scene scene = new Scene();

    @AfterEach
    void leave() {
        scene.leave();
    }

    @Test
    void readsItsOwnBranchAndOthersAsTheRunFoundThem() {
        TableName own = scene.published("own", COW);
        TableName other = scene.published("other", COW);
        scene.writing(own).reading(other).enter();
        sql("UPDATE " + own + " SET v = 7 WHERE k = 1");

        anotherWriterEmpties(other);

        assertThat(kv(other.toString())).containsExactly("1=10", "2=20", "3=30", "4=40");
        assertThat(sql("SELECT o.v, p.v FROM %s o JOIN %s p USING (k) WHERE k = 1".formatted(own, other)))
                .containsExactly(RowFactory.create(7, 10));
        assertThat(sql("SELECT (SELECT sum(v) FROM %s), (SELECT sum(v) FROM %s)".formatted(own, other)))
                .containsExactly(RowFactory.create(97L, 100L));
        scene.leave();
        assertThat(kv(other.toString())).isEmpty();
    }

    @Test
    void aViewShowsWhatTheRunSeesAndOtherSessionsTheirs() {
        TableName own = scene.published("own", COW);
        TableName other = scene.published("other", COW);
        TableName view = new TableName(scene.namespace, "seen");
        sql("CREATE VIEW %s AS SELECT k, v FROM %s UNION ALL SELECT k + 10, v FROM %s".formatted(view, own, other));
        scene.writing(own).reading(other).enter();
        sql("UPDATE " + own + " SET v = 7 WHERE k = 1");
        anotherWriterEmpties(other);

        assertThat(kv(view.toString()))
                .containsExactlyInAnyOrder("1=7", "2=20", "3=30", "4=40", "11=10", "12=20", "13=30", "14=40");
        assertThat(kv(() -> SharedSpark.session().newSession().table("galley." + view)))
                .containsExactly("1=10", "2=20", "3=30", "4=40");
    }

    @Test
    void aTableThatHadNoMainAtTheStartStaysEmpty() {
        TableName own = scene.published("own", COW);
        TableName late = scene.unpublished("late", COW);
        scene.writing(own);
        sql("INSERT INTO " + late + " VALUES " + Scene.rows(1, 2));
        scene.enter();

        assertThat(sql("SELECT k, tags, v + 1 FROM " + late + " WHERE v > 0")).isEmpty();
        assertThat(sql("SELECT count(*) FROM " + late)).containsExactly(RowFactory.create(0L));
        assertThatThrownBy(() -> sql("SELECT * FROM " + late + " VERSION AS OF 'main'"))
                .hasMessageContaining("late: it has not been published yet");
    }

    @ParameterizedTest
    @CsvSource({
        "2, copy-on-write, ''",
        "2, copy-on-write, k v",
        "2, merge-on-read, ''",
        "2, merge-on-read, k v",
        "3, copy-on-write, ''",
        "3, merge-on-read, ''"
    })
    void showsWhatTheRunChanged(int format, String mode, String identity) {
        TableName own = scene.published("own", mode);
        sql("ALTER TABLE " + own + " SET TBLPROPERTIES ('format-version' = '" + format + "')");
        scene.identified(own, identity.isEmpty() ? new String[0] : identity.split(" "))
                .writing(own)
                .enter();
        sql("UPDATE " + own + " SET v = 7 WHERE k = 2");
        sql("DELETE FROM " + own + " WHERE k = 3");
        sql("INSERT INTO " + own + " VALUES " + Scene.rows(5, 5));

        assertThat(kv(own + ".before")).containsExactly("1=10", "2=20", "3=30", "4=40");
        assertThat(kv(own + ".delta")).containsExactly("2=7", "5=50");
        assertThat(kv("galley." + own + ".delta")).containsExactly("2=7", "5=50");
        assertThat(kv(own + ".added")).contains("2=7", "5=50").doesNotContain("2=20", "3=30");
        assertThat(kv(own + ".removed")).contains("2=20", "3=30").doesNotContain("2=7", "5=50");
        assertSameRows(
                query("SELECT * FROM %1$s EXCEPT ALL SELECT * FROM %1$s.before".formatted(own)),
                query("SELECT * FROM " + own + ".delta"));
        assertThat(sql(
                        "SELECT d.k, b.v, d.v, d.tags[0] FROM %1$s.delta d LEFT JOIN %1$s.before b ON b.k = d.k ORDER BY 1"
                                .formatted(own)))
                .containsExactly(RowFactory.create(2L, 20, 7, "t2"), RowFactory.create(5L, null, 50, "t5"));
    }

    @Test
    void showsNoChangeWhereThereIsNone() {
        TableName own = scene.published("own", COW);
        scene.writing(own).enter();

        assertThat(kv(own + ".delta")).isEmpty();
        assertThat(kv(own + ".added")).isEmpty();
        assertThat(kv(own + ".removed")).isEmpty();
        assertThat(query("SELECT * FROM " + own + ".delta").schema())
                .isEqualTo(query("SELECT * FROM " + own).schema());
    }

    @Test
    void showsNoChangeOfATableThatTheRunDoesNotWrite() {
        TableName own = scene.published("own", COW);
        TableName other = scene.published("other", COW);
        scene.writing(own).reading(other).enter();

        assertThat(kv(other + ".before")).containsExactly("1=10", "2=20", "3=30", "4=40");
        assertThat(kv(other + ".delta")).isEmpty();
        assertThat(kv(other + ".added")).isEmpty();
        assertThat(kv(other + ".removed")).isEmpty();
    }

    @Test
    void showsOnlyRemovedRowsOfADeletedPartition() {
        TableName own = scene.published("own", COW);
        scene.writing(own).enter();
        sql("DELETE FROM " + own + " WHERE day = DATE'2026-11-01'");

        assertThat(kv(own + ".delta")).isEmpty();
        assertThat(kv(own + ".removed")).containsExactly("1=10", "2=20");
    }

    @Test
    void showsNewChangesAfterEachWrite() {
        TableName own = scene.published("own", COW);
        scene.writing(own).enter();

        sql("INSERT INTO " + own + " VALUES " + Scene.rows(5, 5));
        assertThat(kv(own + ".delta")).containsExactly("5=50");
        sql("INSERT INTO " + own + " VALUES " + Scene.rows(6, 6));
        assertThat(kv(own + ".delta")).containsExactly("5=50", "6=60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void aFirstLoadIsAllDeltaAndLeavesNoMain(String mode) {
        TableName own = scene.unpublished("own", mode);
        scene.writing(own).enter();
        sql("INSERT INTO " + own + " VALUES " + Scene.rows(1, 2));
        sql("UPDATE " + own + " SET v = 7 WHERE k = 2");

        assertThat(kv(own.toString())).containsExactly("1=10", "2=7");
        assertThat(kv(own + ".before")).isEmpty();
        assertThat(kv(own + ".delta")).containsExactly("1=10", "2=7");
        assertThat(kv(own + ".removed")).isEmpty();
        assertThatThrownBy(() -> sql("SELECT * FROM " + own + " VERSION AS OF 'main'"))
                .hasMessageContaining("own: it has not been published yet");
        scene.leave();
        assertThat(Scene.table(own).currentSnapshot()).isNull();
        assertThat(kv(own.toString())).isEmpty();
    }

    @Test
    void aColumnThatIsNewIsNullBefore() {
        TableName own = scene.published("own", COW);
        sql("ALTER TABLE " + own + " ADD COLUMN note STRING");
        scene.writing(own).enter();
        sql("UPDATE " + own + " SET note = 'n' WHERE k = 1");

        assertThat(sql("SELECT k, note FROM " + own + ".before ORDER BY k"))
                .containsExactly(
                        RowFactory.create(1L, null),
                        RowFactory.create(2L, null),
                        RowFactory.create(3L, null),
                        RowFactory.create(4L, null));
        assertThat(sql("SELECT k, note FROM " + own + ".delta")).containsExactly(RowFactory.create(1L, "n"));
    }

    @Test
    void travelsInTime() {
        TableName own = scene.published("own", COW);
        TableName other = scene.published("other", COW);
        long first = scene.head(other);
        Scene.table(other).manageSnapshots().createTag("v1", first).commit();
        String between = Instant.now().toString();
        sql("INSERT INTO " + other + " VALUES " + Scene.rows(5, 5));
        scene.writing(own).reading(other).enter();
        sql("UPDATE " + own + " SET v = 7 WHERE k = 1");
        SharedSpark.table(other.toString())
                .newDelete()
                .deleteFromRowFilter(Expressions.alwaysTrue())
                .commit();

        assertThat(kv(own + " VERSION AS OF 'main'")).contains("1=10");
        assertThat(kv(own + " VERSION AS OF 'audit_r1'")).contains("1=7");
        assertThat(kv(own + ".branch_audit_r1")).contains("1=7");
        assertThat(kv(other + " VERSION AS OF 'main'")).hasSize(5);
        assertThat(kv(other + " VERSION AS OF 'v1'")).hasSize(4);
        assertThat(kv(other + ".tag_v1")).hasSize(4);
        assertThat(kv(other + " VERSION AS OF " + first)).hasSize(4);
        assertThat(kv(other + " TIMESTAMP AS OF '" + between + "'")).hasSize(4);
        assertThatThrownBy(() -> sql("SELECT * FROM " + other + " VERSION AS OF 'nope'"))
                .hasMessageContaining("as of \"nope\": no such branch, tag or snapshot");
        assertThatThrownBy(() -> sql("SELECT * FROM " + other + " VERSION AS OF 12"))
                .hasMessageContaining("as of \"12\": no such branch, tag or snapshot");
    }

    @Test
    void metadataTablesFollowTheBranch() {
        TableName own = scene.published("own", COW);
        TableName other = scene.published("other", COW);
        scene.writing(own).reading(other).enter();
        sql("INSERT INTO " + own + " VALUES " + Scene.rows(5, 5));
        SharedSpark.table(other.toString())
                .newDelete()
                .deleteFromRowFilter(Expressions.alwaysTrue())
                .commit();

        for (String part : List.of("files", "data_files", "entries")) {
            assertThat(sql("SELECT * FROM " + own + "." + part)).as(part).hasSize(3);
            assertThat(sql("SELECT * FROM " + other + "." + part)).as(part).hasSize(2);
        }
        assertThat(sql("SELECT * FROM " + own + ".partitions")).hasSize(3);
        assertThat(sql("SELECT * FROM " + own + ".manifests")).hasSize(2);
        assertThat(sql("SELECT * FROM " + own + ".delete_files")).isEmpty();
        assertThat(sql("SELECT * FROM " + own + ".files VERSION AS OF 'main'")).hasSize(2);
        assertThat(sql("SELECT * FROM " + own + ".snapshots")).hasSize(2);
        assertThat(sql("SELECT name FROM " + own + ".refs ORDER BY 1"))
                .containsExactly(RowFactory.create("audit_r1"), RowFactory.create("main"));
    }

    @Test
    void aSessionOfItsOwnIsNotInTheRun() {
        TableName own = scene.published("own", COW);
        scene.writing(own).enter();
        sql("UPDATE " + own + " SET v = 7");

        assertThat(SharedSpark.session()
                        .newSession()
                        .table("galley." + own)
                        .selectExpr("max(v)")
                        .collectAsList())
                .containsExactly(RowFactory.create(40));
    }

    @Test
    void oneRunAtATime() {
        scene.enter();

        assertThatThrownBy(
                        () -> SharedSpark.catalog().enter(new RunView("audit_r2", Map.of(), table -> null, Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot open audit_r2: audit_r1 is open in this session");
    }

    @Test
    void aTableWithoutItsBranchIsRefused() {
        TableName own = scene.published("own", COW);
        SharedSpark.catalog().enter(new RunView("audit_r9", Map.of(own, scene.head(own)), table -> null, Map.of()));

        assertThatThrownBy(() -> sql("SELECT * FROM " + own)).hasMessageContaining("it has no branch audit_r9");
        assertThatThrownBy(() -> sql("INSERT INTO " + own + " VALUES " + Scene.rows(5, 5)))
                .hasMessageContaining("it has no branch audit_r9");
    }

    @Test
    void holdsNothingAfterTheRun() {
        TableName own = scene.published("own", COW);
        scene.writing(own).enter();
        sql("UPDATE " + own + " SET v = 7 WHERE k = 1");
        assertThat(kv(own + ".delta")).containsExactly("1=7");
        assertThat(staged(own)).hasSize(2);

        scene.leave();

        assertThat(staged(own)).isEmpty();
    }

    private static void anotherWriterEmpties(TableName table) {
        SharedSpark.table(table.toString())
                .newDelete()
                .deleteFromRowFilter(Expressions.alwaysTrue())
                .commit();
    }

    private static Set<String> staged(TableName table) {
        return ScanTaskSetManager.get().fetchSetIds(Scene.table(table));
    }
}
