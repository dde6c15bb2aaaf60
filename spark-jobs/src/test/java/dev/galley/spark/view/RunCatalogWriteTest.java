package dev.galley.spark.view;

import static dev.galley.spark.view.Scene.kv;
import static dev.galley.spark.view.Scene.query;
import static dev.galley.spark.view.Scene.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.galley.definition.table.TableName;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the statement, it writes the branch; main stays the snapshot that it was. */
class RunCatalogWriteTest {
    private final Scene scene = new Scene();

    @AfterEach
    void leave() {
        scene.leave();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("statements")
    void everyStatementWritesTheBranch(String mode, String name, Consumer<TableName> write, List<String> expected) {
        TableName t = scene.published("t", mode);
        long main = scene.head(t);
        scene.writing(t).enter();

        write.accept(t);

        assertThat(kv(t.toString())).isEqualTo(expected);
        scene.leave();
        assertThat(scene.head(t)).isEqualTo(main);
        assertThat(kv(t.toString())).containsExactly("1=10", "2=20", "3=30", "4=40");
        assertThat(kv(t + ".branch_" + Scene.BRANCH)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2, copy-on-write", "2, merge-on-read", "3, copy-on-write", "3, merge-on-read"})
    void aDeleteFindsWhatOnlyTheBranchHas(int format, String mode) {
        TableName t = scene.published("t", mode);
        sql("ALTER TABLE " + t + " SET TBLPROPERTIES ('format-version' = '" + format + "')");
        scene.writing(t).enter();
        sql("INSERT INTO " + t + " VALUES " + Scene.rows(5, 8));
        sql("UPDATE " + t + " SET v = 7 WHERE k = 1");

        sql("DELETE FROM " + t + " WHERE k = 5");
        sql("DELETE FROM " + t + " WHERE day = DATE'2026-11-04'"); // a partition that main lacks
        sql("DELETE FROM " + t + " WHERE v = 7");

        assertThat(kv(t.toString())).containsExactly("2=20", "3=30", "4=40", "6=60");
        scene.leave();
        assertThat(kv(t.toString())).containsExactly("1=10", "2=20", "3=30", "4=40");
    }

    static Stream<Arguments> statements() {
        return Stream.of("copy-on-write", "merge-on-read")
                .flatMap(mode -> Stream.of(
                        of(mode, "INSERT INTO %s VALUES " + Scene.rows(5, 5), "1=10", "2=20", "3=30", "4=40", "5=50"),
                        of(
                                mode,
                                "MERGE INTO %s t USING (SELECT * FROM VALUES (2L, DATE'2026-11-01', 7, array('x')), "
                                        + "(9L, DATE'2026-11-03', 9, array()) AS s(k, day, v, tags)) s ON t.k = s.k "
                                        + "WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *",
                                "1=10",
                                "2=7",
                                "3=30",
                                "4=40",
                                "9=9"),
                        of(mode, "UPDATE %s SET v = 7 WHERE k = 2", "1=10", "2=7", "3=30", "4=40"),
                        of(mode, "DELETE FROM %s WHERE k = 2", "1=10", "3=30", "4=40"),
                        of(mode, "DELETE FROM %s WHERE day = DATE'2026-11-01'", "3=30", "4=40"),
                        of(mode, "TRUNCATE TABLE %s"),
                        of(mode, "INSERT OVERWRITE %s VALUES (8L, DATE'2026-11-02', 8, array())", "8=8"),
                        Arguments.of(
                                mode,
                                "overwritePartitions",
                                (Consumer<TableName>) RunCatalogWriteTest::overwritePartitions,
                                List.of("1=10", "2=20", "8=8")),
                        Arguments.of(
                                mode,
                                "append",
                                (Consumer<TableName>) RunCatalogWriteTest::append,
                                List.of("1=10", "2=20", "3=30", "4=40", "8=8")),
                        Arguments.of(
                                mode,
                                "insertInto",
                                (Consumer<TableName>)
                                        t -> one().write().mode("append").insertInto(t.toString()),
                                List.of("1=10", "2=20", "3=30", "4=40", "8=8")),
                        Arguments.of(
                                mode,
                                "saveAsTable",
                                (Consumer<TableName>)
                                        t -> one().write().mode("append").saveAsTable(t.toString()),
                                List.of("1=10", "2=20", "3=30", "4=40", "8=8"))));
    }

    private static Arguments of(String mode, String statement, String... expected) {
        Consumer<TableName> write = t -> sql(statement.formatted(t));
        return Arguments.of(mode, statement, write, List.of(expected));
    }

    private static org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> one() {
        return query("SELECT * FROM VALUES (8L, DATE'2026-11-02', 8, array('t8')) AS s(k, day, v, tags)");
    }

    private static void append(TableName t) {
        try {
            one().writeTo(t.toString()).append();
        } catch (NoSuchTableException e) {
            throw new AssertionError(e);
        }
    }

    private static void overwritePartitions(TableName t) {
        try {
            one().writeTo(t.toString()).overwritePartitions();
        } catch (NoSuchTableException e) {
            throw new AssertionError(e);
        }
    }
}
