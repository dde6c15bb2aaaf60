package dev.galley.spark.view;

import static dev.galley.spark.view.Scene.query;
import static dev.galley.spark.view.Scene.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotNotesTest {
    private static final SnapshotNotes NOTES = new SnapshotNotes(
            "r1", "abc", new ConsumedOffsets(Map.of("silver.orders", 42L, "bronze.x", Long.MAX_VALUE)));

    private final Scene scene = new Scene();

    @AfterEach
    void leave() {
        scene.leave();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void everyCommitOnTheBranchCarriesThem(String mode) {
        TableName t = scene.published("t", mode);
        scene.writing(t).enter();

        NOTES.on(() -> sql("INSERT INTO " + t + " VALUES " + Scene.rows(5, 5)));
        assertCarried(t);
        NOTES.on(() -> sql("UPDATE " + t + " SET v = 1 WHERE k = 1"));
        assertCarried(t);
        NOTES.on(() ->
                sql("MERGE INTO " + t + " t USING (SELECT 2L AS k) s ON t.k = s.k WHEN MATCHED THEN UPDATE SET v = 2"));
        assertCarried(t);
        NOTES.on(() -> sql("DELETE FROM " + t + " WHERE day = DATE'2026-11-01'"));
        assertCarried(t);
        NOTES.on(() -> append(t));
        assertCarried(t);
        sql("SET spark.sql.adaptive.enabled=true");
        try {
            NOTES.on(() -> append(t));
        } finally {
            sql("SET spark.sql.adaptive.enabled=false");
        }
        assertCarried(t);
    }

    @Test
    void threadsThatWriteDifferentTablesAttachTheirOwn() throws InterruptedException, ExecutionException {
        List<TableName> tables = IntStream.range(0, 4)
                .mapToObj(i -> scene.published("t" + i, "copy-on-write"))
                .toList();
        tables.forEach(scene::writing);
        scene.enter();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (TableName t : tables) {
                SnapshotNotes notes = new SnapshotNotes("r1", t.name(), ConsumedOffsets.NOTHING);
                done.add(threads.submit(() -> notes.on(() -> {
                    sql("INSERT INTO " + t + " VALUES " + Scene.rows(5, 5));
                    return sql("UPDATE " + t + " SET v = 7 WHERE k = 1");
                })));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        for (TableName t : tables) {
            assertThat(Scene.kv(t + ".delta")).containsExactly("1=7", "5=50");
            Snapshot head = branch(t);
            assertThat(head.summary()).containsEntry("galley.model", t.name());
            assertThat(Scene.table(t).snapshot(head.parentId()).summary()).containsEntry("galley.model", t.name());
        }
    }

    @Test
    void nothingIsAttachedOutside() {
        TableName t = scene.published("t", "copy-on-write");
        scene.writing(t).enter();
        assertThatThrownBy(() -> NOTES.on(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        sql("INSERT INTO " + t + " VALUES " + Scene.rows(5, 5));

        assertThat(branch(t).summary()).doesNotContainKeys("galley.run", "galley.model", "galley.consumed");
    }

    @Test
    void aTableWithNothingToWriteSaysSoByAnEmptySnapshot() {
        TableName t = scene.published("t", "copy-on-write");
        long main = scene.head(t);
        scene.writing(t).enter();
        Table table = Scene.table(t);

        Snapshot snapshot = NOTES.commit(table, Scene.BRANCH);

        assertCarried(t);
        assertThat(snapshot.snapshotId()).isEqualTo(branch(t).snapshotId());
        assertThat(snapshot.parentId()).isEqualTo(main);
        assertThat(snapshot.summary()).containsEntry("total-records", "4");
        assertThat(scene.head(t)).isEqualTo(main);
        assertThat(Scene.kv(t + ".delta")).isEmpty();
    }

    @Test
    void consumedIsThatOfTheNewestSnapshotThatSaysSo() {
        TableName t = scene.published("t", "copy-on-write");
        scene.writing(t);
        Table table = Scene.table(t);
        assertThat(ConsumedOffsets.read(table, Scene.BRANCH)).isEqualTo(ConsumedOffsets.NOTHING);
        assertThat(ConsumedOffsets.read(table, "no_such")).isEqualTo(ConsumedOffsets.NOTHING);

        new SnapshotNotes("r0", "abc", new ConsumedOffsets(Map.of("batch", 1L))).commit(table, Scene.BRANCH);
        new SnapshotNotes("r1", "abc", new ConsumedOffsets(Map.of("batch", 2L))).commit(table, Scene.BRANCH);
        table.newAppend().toBranch(Scene.BRANCH).commit();
        table.refresh();

        assertThat(ConsumedOffsets.read(table, Scene.BRANCH).of("batch")).contains(2L);
        assertThat(ConsumedOffsets.read(table, Scene.BRANCH).of("other")).isEmpty();
        // Not published: main knows nothing of it.
        assertThat(ConsumedOffsets.read(table, "main")).isEqualTo(ConsumedOffsets.NOTHING);
    }

    @Test
    void consumedIsWrittenInOneOrder() {
        TableName t = scene.published("t", "copy-on-write");
        scene.writing(t);

        assertThat(NOTES.commit(Scene.table(t), Scene.BRANCH).summary())
                .containsEntry("galley.consumed", "{\"bronze.x\":9223372036854775807,\"silver.orders\":42}");
    }

    @Test
    void consumedThatCannotBeReadIsAnError() {
        TableName t = scene.published("t", "copy-on-write");
        Table table = Scene.table(t);
        for (String json : List.of("{", "[1]", "null", "{\"batch\":null}")) {
            table.newAppend().set("galley.consumed", json).commit();
            table.refresh();

            assertThatThrownBy(() -> ConsumedOffsets.read(table, "main"))
                    .as(json)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Cannot read galley.consumed of ")
                    .hasMessageContaining(json);
        }
    }

    private static @Nullable Void append(TableName t) {
        try {
            query("SELECT * FROM VALUES " + Scene.rows(6, 6) + " AS s(k, day, v, tags)")
                    .writeTo(t.toString())
                    .append();
            return null;
        } catch (NoSuchTableException e) {
            throw new AssertionError(e);
        }
    }

    private static Snapshot branch(TableName t) {
        return Scene.table(t).snapshot(Scene.BRANCH);
    }

    private static void assertCarried(TableName t) {
        assertThat(branch(t).summary()).containsEntry("galley.run", "r1").containsEntry("galley.model", "abc");
        assertThat(ConsumedOffsets.read(Scene.table(t), Scene.BRANCH)).isEqualTo(NOTES.consumed());
    }
}
