package dev.galley.spark.view;

import dev.galley.definition.table.TableName;
import dev.galley.spark.SharedSpark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A namespace with tables (k, day, v, tags), and a run on branch {@code audit_r1} that writes some of them. */
final class Scene implements AutoCloseable {
    static final String BRANCH = "audit_r1";

    final String namespace = SharedSpark.namespace();
    private final Map<TableName, Long> forks = new HashMap<>();
    private final Map<TableName, Long> pins = new HashMap<>();
    private final Map<TableName, List<String>> identities = new HashMap<>();

    /** An empty table that was never published. */
    TableName unpublished(String name, String mode) {
        TableName table = new TableName(namespace, name);
        sql("""
                CREATE TABLE %s (k BIGINT, day DATE, v INT, tags ARRAY<STRING>) USING iceberg PARTITIONED BY (day)
                TBLPROPERTIES ('write.delete.mode'='%s', 'write.update.mode'='%s', 'write.merge.mode'='%s')""".formatted(table, mode, mode, mode));
        return table;
    }

    /** A table of rows 1 to 4, two a day in one file each, {@code v} ten times {@code k}. */
    TableName published(String name, String mode) {
        TableName table = unpublished(name, mode);
        sql("INSERT INTO " + table + " SELECT /*+ COALESCE(1) */ * FROM VALUES " + rows(1, 4));
        return table;
    }

    static String rows(int first, int last) {
        StringBuilder values = new StringBuilder();
        for (int k = first; k <= last; k++) {
            values.append(k == first ? "" : ", ")
                    .append("(%dL, DATE'2026-11-%02d', %d, array('t%d'))".formatted(k, (k + 1) / 2, 10 * k, k));
        }
        return values.toString();
    }

    /** The run will write it. */
    Scene writing(TableName name) {
        Table table = table(name);
        Snapshot main = table.currentSnapshot();
        table.manageSnapshots().createBranch(BRANCH).commit();
        table.refresh();
        forks.put(name, (main != null ? main : table.snapshot(BRANCH)).snapshotId());
        return this;
    }

    /** The run will read it as it is now. */
    Scene reading(TableName name) {
        pins.put(name, head(name));
        return this;
    }

    /** Of its rows, one that differs from another does so in one of these columns. */
    Scene identified(TableName name, String... columns) {
        identities.put(name, List.of(columns));
        return this;
    }

    Scene enter() {
        SharedSpark.catalog().enter(new RunView(BRANCH, forks, pins::get, identities));
        return this;
    }

    void leave() {
        SharedSpark.catalog().leave();
    }

    @Override
    public void close() {
        leave();
    }

    long head(TableName name) {
        return table(name).currentSnapshot().snapshotId();
    }

    static Table table(TableName name) {
        return SharedSpark.table(name.toString());
    }

    static List<Row> sql(String text) {
        return SharedSpark.sql(text);
    }

    static Dataset<Row> query(String text) {
        return SharedSpark.session().sql(text);
    }

    /** {@code k=v} of each row, sorted. */
    static List<String> kv(String relation) {
        return kv(() -> query("SELECT * FROM " + relation));
    }

    static List<String> kv(Supplier<Dataset<Row>> rows) {
        return rows.get().selectExpr("concat(k, '=', v) AS kv").orderBy("kv").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
