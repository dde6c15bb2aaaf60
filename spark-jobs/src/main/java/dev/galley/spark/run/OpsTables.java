package dev.galley.spark.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.SchemaEvolution;
import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.RunReport.TakenBatch;
import dev.galley.catalog.run.Status;
import dev.galley.definition.table.TableName;
import dev.galley.spark.sql.Sql;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** {@code ops.runs} and {@code ops.audits}: reports on runs, the failed ones too. Written to {@code main} at once. */
public final class OpsTables {
    private static final TableName RUNS = TableName.of("ops.runs");
    private static final TableName AUDITS = TableName.of("ops.audits");

    public static final List<TableName> NAMES = List.of(RUNS, AUDITS);

    private static final StructType RUN = StructType.fromDDL("""
            run_id STRING, pipeline STRING, status STRING, ended_at TIMESTAMP, table_name STRING, input STRING,
            delta BIGINT, waiting BIGINT, applied BIGINT, superseded BIGINT, duplicate BIGINT,
            quarantined BIGINT, seconds DOUBLE, requests BIGINT, retries BIGINT, received_bytes BIGINT,
            throttled_seconds DOUBLE, deleted BIGINT
            """);
    private static final StructType AUDIT = StructType.fromDDL("""
            run_id STRING, pipeline STRING, status STRING, ended_at TIMESTAMP, table_name STRING,
            check_name STRING, severity STRING, outcome STRING, rows_checked BIGINT, rows_failed BIGINT,
            samples ARRAY<STRING>, detail STRING, origin STRING
            """);

    private final GalleyCatalog catalog;
    private final SparkSession session;
    private final Clock clock;

    OpsTables(GalleyCatalog catalog, SparkSession session, Clock clock) {
        this.catalog = catalog;
        this.session = session;
        this.clock = clock;
    }

    /** Appends one row per table, for bronze with what fetching its batches took, and one per check. */
    void append(RunReport report, Status status) {
        Timestamp now = Timestamp.from(clock.instant());
        List<Row> runs = new ArrayList<>();
        for (RunReport.TableReport t : report.tables()) {
            List<TakenBatch> taken = report.batchesOf(t.table());
            runs.add(RowFactory.create(
                    report.run().text(),
                    report.pipeline(),
                    status.name(),
                    now,
                    t.table().toString(),
                    t.input(),
                    t.delta(),
                    t.waiting(),
                    t.applied(),
                    t.superseded(),
                    t.duplicate(),
                    t.quarantined(),
                    t.seconds(),
                    sum(taken, TakenBatch::requests),
                    sum(taken, TakenBatch::retries),
                    sum(taken, TakenBatch::receivedBytes),
                    taken.isEmpty()
                            ? null
                            : taken.stream()
                                    .mapToDouble(TakenBatch::throttledSeconds)
                                    .sum(),
                    t.deleted()));
        }
        List<Row> audits = new ArrayList<>();
        for (CheckResult c : report.checks()) {
            audits.add(RowFactory.create(
                    report.run().text(),
                    report.pipeline(),
                    status.name(),
                    now,
                    c.table().toString(),
                    c.check(),
                    c.severity().text(),
                    c.outcome().name(),
                    c.rowsChecked(),
                    c.failed(),
                    c.sampleKeys().toArray(String[]::new),
                    c.detail(),
                    c.origin().text()));
        }
        append(RUNS, RUN, runs);
        append(AUDITS, AUDIT, audits);
    }

    /** Null for a table that takes no batches. */
    private static @Nullable Long sum(List<TakenBatch> taken, ToLongFunction<TakenBatch> value) {
        return taken.isEmpty() ? null : taken.stream().mapToLong(value).sum();
    }

    private void append(TableName table, StructType columns, List<Row> rows) {
        prepare(table, SparkSchemaUtil.convert(columns));
        if (rows.isEmpty()) {
            return;
        }
        try {
            session.createDataFrame(rows, columns)
                    .coalesce(1)
                    .writeTo(Sql.name(table))
                    .append();
        } catch (NoSuchTableException e) {
            throw new IllegalStateException("Cannot note a run in " + table + ": it is gone again", e);
        }
    }

    /** An earlier version may have made the table with fewer columns. */
    private void prepare(TableName table, Schema wanted) {
        if (!catalog.exists(table)) {
            try {
                catalog.create(table, wanted, PartitionSpec.unpartitioned(), Map.of());
                return;
            } catch (AlreadyExistsException e) {
                // another run was first: it is there
            }
        }
        SchemaEvolution.evolve(catalog.load(table), wanted);
    }
}
