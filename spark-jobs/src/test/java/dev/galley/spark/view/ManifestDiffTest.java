package dev.galley.spark.view;

import static dev.galley.spark.view.Scene.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestDiffTest {
    private final Scene scene = new Scene();

    @ParameterizedTest
    @CsvSource({"copy-on-write, 2", "merge-on-read, 2", "merge-on-read, 3"})
    void isWhatReadingAllOfBothTells(String mode, String version) {
        TableName t = scene.published("t", mode);
        sql("ALTER TABLE " + t + " SET TBLPROPERTIES ('format-version' = '" + version + "')");
        sql("UPDATE " + t + " SET v = 1 WHERE k = 1");
        sql("UPDATE " + t + " SET v = 2 WHERE k IN (2, 3)");
        sql("INSERT INTO " + t + " VALUES (9L, NULL, 9, array()), (10L, NULL, 10, array())");
        sql("DELETE FROM " + t + " WHERE k = 9");
        sql("CALL galley.system.rewrite_manifests('" + t + "')");
        sql("DELETE FROM " + t + " WHERE k = 2");
        sql("ALTER TABLE " + t + " ADD PARTITION FIELD bucket(2, k)");
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(5, 6));
        sql("UPDATE " + t + " SET v = 3 WHERE k IN (4, 5)");
        sql("CALL galley.system.rewrite_data_files(table => '" + t + "', options => map('rewrite-all', 'true'))");
        sql("UPDATE " + t + " SET day = NULL WHERE k = 6");
        sql("DELETE FROM " + t + " WHERE day = DATE'2026-11-01'");
        Table table = Scene.table(t);
        List<Snapshot> snapshots =
                StreamSupport.stream(table.snapshots().spliterator(), false).toList();

        for (Snapshot from : snapshots) {
            for (Snapshot to : snapshots) {
                ManifestDiff.Files told = ManifestDiff.between(table, from, to).orElseThrow();
                FileDiff right = FileDiff.whole(table, from.snapshotId(), to.snapshotId(), true);
                assertThat(keys(told.added())).isEqualTo(keys(right.added()));
                assertThat(keys(told.removed())).isEqualTo(keys(right.removed()));
            }
        }
    }

    @Test
    void manifestsThatDidNotChangeAreNotOpened() throws IOException {
        TableName t = scene.published("t", "merge-on-read");
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(5, 6));
        Snapshot from = Scene.table(t).currentSnapshot();
        sql("UPDATE " + t + " SET v = 3 WHERE k = 6");
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(9, 10));
        Table table = Scene.table(t);
        for (ManifestFile manifest : from.allManifests(table.io())) {
            // Of days 1 and 2; the other may hold the file whose rows were changed.
            if (manifest.addedRowsCount() == 4) {
                Files.delete(Path.of(URI.create(manifest.path())));
            }
        }

        FileDiff diff = FileDiff.between(
                table, from.snapshotId(), table.currentSnapshot().snapshotId());

        assertThat(diff.removed()).hasSize(1);
        assertThat(diff.added()).hasSize(3);
        assertThat(diff.fresh()).hasSize(2);
    }

    private static Set<FileDiff.Key> keys(List<FileScanTask> tasks) {
        return tasks.stream().map(FileDiff.Key::of).collect(Collectors.toSet());
    }
}
