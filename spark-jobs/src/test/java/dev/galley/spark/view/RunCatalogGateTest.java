package dev.galley.spark.view;

import static dev.galley.spark.view.Scene.kv;
import static dev.galley.spark.view.Scene.query;
import static dev.galley.spark.view.Scene.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.galley.definition.table.TableName;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run may not do: write what is not its own, or change definitions. */
class RunCatalogGateTest {
    private static final List<String> DEFINING = List.of(
            "CREATE TABLE %s.fresh (k BIGINT) USING iceberg",
            "CREATE TABLE %s.fresh USING iceberg AS SELECT 1 AS k",
            "CREATE OR REPLACE TABLE %s.own (k BIGINT) USING iceberg",
            "CREATE OR REPLACE TABLE %s.other USING iceberg AS SELECT 1 AS k",
            "REPLACE TABLE %s.other USING iceberg AS SELECT 1 AS k",
            "DROP TABLE %s.other",
            "DROP TABLE %s.own PURGE",
            "ALTER TABLE %s.other DROP COLUMN v",
            "ALTER TABLE %s.own ADD COLUMN w INT",
            "ALTER TABLE %s.own RENAME COLUMN v TO w",
            "ALTER TABLE %s.own SET TBLPROPERTIES ('a' = 'b')",
            "ALTER TABLE %s.own UNSET TBLPROPERTIES ('write.merge.mode')",
            "ALTER TABLE %s.other RENAME TO %s.another",
            "ALTER TABLE %s.other ADD PARTITION FIELD bucket(4, k)",
            "ALTER TABLE %s.own ADD PARTITION FIELD bucket(4, k)",
            "ALTER TABLE %s.own DROP PARTITION FIELD day",
            "ALTER TABLE %s.own WRITE ORDERED BY k",
            "ALTER TABLE %s.own SET IDENTIFIER FIELDS k",
            "ALTER TABLE %s.own CREATE BRANCH b",
            "ALTER TABLE %s.other CREATE TAG v2",
            "ALTER TABLE %s.other CREATE OR REPLACE BRANCH main",
            "ALTER TABLE %s.own DROP BRANCH audit_r1",
            "CREATE NAMESPACE %s.inner",
            "CREATE NAMESPACE %s_2",
            "DROP NAMESPACE %s CASCADE",
            "ALTER NAMESPACE %s SET PROPERTIES ('a' = 'b')",
            "CREATE VIEW %s.v AS SELECT 1 AS k",
            "CREATE OR REPLACE VIEW %s.v AS SELECT 1 AS k",
            "CALL galley.system.rollback_to_snapshot('%s.other', 1)",
            "CALL galley.system.rewrite_data_files('%s.own')",
            "CALL galley.system.fast_forward('%s.own', 'main', 'audit_r1')");

    private final Scene scene = new Scene();

    @AfterEach
    void leave() {
        scene.leave();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void nothingButItsOwnTablesIsWritten(String mode) {
        TableName own = scene.published("own", mode);
        TableName other = scene.published("other", mode);
        TableName late = scene.unpublished("late", mode);
        for (TableName table : new TableName[] {own, other}) {
            Scene.table(table)
                    .manageSnapshots()
                    .createTag("v1", scene.head(table))
                    .createBranch("dev", scene.head(table))
                    .commit();
        }
        sql("INSERT INTO " + other + " VALUES " + Scene.rows(5, 5));
        scene.writing(own).reading(other).enter();
        sql("UPDATE " + own + " SET v = 7 WHERE k = 1");
        String refs = refs(own) + refs(other) + refs(late);

        for (String target : List.of(
                "other",
                "other.tag_v1",
                "other.branch_dev",
                "own.before",
                "own.added",
                "own.removed",
                "own.delta",
                "own.branch_main",
                "own.tag_v1",
                "late")) {
            refusesEveryWrite(scene.namespace + "." + target, own);
            assertThat(refs(own) + refs(other) + refs(late)).as(target).isEqualTo(refs);
        }
    }

    private static void refusesEveryWrite(String target, TableName own) {
        for (String statement : List.of(
                "INSERT INTO %s VALUES " + Scene.rows(8, 8),
                "INSERT INTO %s SELECT * FROM %s",
                "INSERT OVERWRITE %s SELECT k, day, v + 1, tags FROM %s",
                "UPDATE %s SET v = 0",
                "DELETE FROM %s WHERE v > 10",
                "DELETE FROM %s WHERE day = DATE'2026-11-01'",
                "TRUNCATE TABLE %s",
                "MERGE INTO %s t USING (SELECT 1L AS k) s ON t.k = s.k WHEN MATCHED THEN UPDATE SET v = 0",
                "MERGE INTO %s t USING %s s ON t.k = s.k WHEN MATCHED THEN DELETE")) {
            String written = statement.replace("%s", target);
            assertThatThrownBy(() -> sql(written)).as(written).isNotNull();
        }
        Dataset<Row> rows = query("SELECT * FROM " + own);
        assertThatThrownBy(() -> rows.writeTo(target).append()).isNotNull();
        assertThatThrownBy(() -> rows.writeTo(target).overwritePartitions()).isNotNull();
        assertThatThrownBy(() -> rows.write().mode("append").insertInto(target)).isNotNull();
    }

    @Test
    void saysWhatItDoesNotWrite() {
        TableName own = scene.published("own", "merge-on-read");
        TableName other = scene.published("other", "merge-on-read");
        scene.writing(own).reading(other).enter();

        assertThatThrownBy(() -> sql("UPDATE " + other + " SET v = 0"))
                .hasMessageContaining("Cannot write " + other + ": audit_r1 only reads it");
        // Spark resolves a table once per statement: the target is the relation that is read.
        assertThatThrownBy(() -> sql("INSERT INTO %1$s SELECT * FROM %1$s".formatted(other)))
                .hasMessageContaining("other: it is read-only in this run");
    }

    @Test
    void itsOwnTableMayBeReadByTheStatementThatWritesIt() {
        TableName own = scene.published("own", "copy-on-write");
        scene.writing(own).enter();

        sql("INSERT INTO %1$s SELECT k + 4, day, v, tags FROM %1$s WHERE k > 2".formatted(own));

        assertThat(kv(own.toString())).containsExactly("1=10", "2=20", "3=30", "4=40", "7=30", "8=40");
    }

    @Test
    void definitionsDoNotChange() {
        TableName own = scene.published("own", "copy-on-write");
        TableName other = scene.published("other", "copy-on-write");
        scene.writing(own).reading(other).enter();
        String before = definition(own) + definition(other);

        for (String statement : DEFINING) {
            assertThatThrownBy(() -> sql(statement.replace("%s", scene.namespace)))
                    .as(statement)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("a run is open");
            assertThat(definition(own) + definition(other)).as(statement).isEqualTo(before);
        }

        scene.leave();
        assertThat(sql("SHOW TABLES IN " + scene.namespace)).hasSize(2);
    }

    @Test
    void definitionsChangeAgainAfterTheRun() {
        TableName own = scene.published("own", "copy-on-write");
        scene.writing(own).enter();
        scene.leave();

        sql("ALTER TABLE " + own + " ADD COLUMN w INT");
        sql("DROP TABLE " + own);

        assertThat(sql("SHOW TABLES IN " + scene.namespace)).isEmpty();
    }

    @Test
    void aPathIsNoWayAroundTheBranch() {
        TableName own = scene.published("own", "copy-on-write");
        String location = Scene.table(own).location();
        scene.writing(own).enter();

        assertThatThrownBy(() -> sql("SELECT * FROM galley.`" + location + "`")).isNotNull();
    }

    private static String refs(TableName name) {
        return Scene.table(name).refs().toString();
    }

    private static String definition(TableName name) {
        Table table = Scene.table(name);
        return table.schema() + "" + table.spec() + table.sortOrder() + table.properties() + table.refs();
    }
}
