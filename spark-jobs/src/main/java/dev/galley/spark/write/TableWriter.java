package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.WriteMode;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.view.ConsumedOffsets;
import dev.galley.spark.view.SnapshotNotes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;

/** Writes tables of an open run, each in one commit. Safe for use by several threads that write different tables. */
public final class TableWriter {
    /** Each is a file at least, and many small files are slow for all who come after. */
    private static final int MOST_PARTITIONS = 5_000;

    private final SparkSession spark;
    private final Clock clock;
    private final TableOpener opener;
    private final int mostPartitions;

    /** @param spark a session whose catalog {@code galley} is in the run */
    public TableWriter(SparkSession spark, Clock clock, TableOpener opener) {
        this(spark, clock, opener, MOST_PARTITIONS);
    }

    TableWriter(SparkSession spark, Clock clock, TableOpener opener, int mostPartitions) {
        this.spark = spark;
        this.clock = clock;
        this.opener = opener;
        this.mostPartitions = mostPartitions;
    }

    /**
     * Brings the rows to the table as its write mode says, and refused rows to its quarantine. What waits there joins the
     * delta, and leaves once it is applied, superseded or a duplicate.
     *
     * <p>Of a key, the highest version that no check refuses wins. Of equal versions the published one stays; within one
     * delta an arbitrary one wins, the same in every run. A newer version that changes an immutable column is refused,
     * check {@code immutable}, if the older one lies in a partition that the delta names; beyond these nothing is looked
     * for. A row without key or version is refused, check {@code key}. In groups, one refused row takes its version of the
     * group along; a version of a group that has no rows cannot be seen, so the rows of the one before stay.
     *
     * <p>In a run, table and quarantine must be among the tables it writes; the quarantine only if rows wait or are
     * refused.
     *
     * @throws WriteException if the SELECT's columns do not fit the table, its checks not its write mode, or if the rows
     *     went to more than 5,000 of its partitions
     */
    public WriteResult write(WriteOrder order) {
        Target target = Target.of(spark, order.table().name());
        WriteResult result = written(order.spelled(target.columns()), target);
        long partitions = result.changes() == WriteResult.Changes.NONE ? 0 : target.partitionsTouched();
        if (partitions > mostPartitions) {
            throw new WriteException(
                    target.name(),
                    String.format(
                            Locale.ROOT,
                            "one run would write to %,d of its partitions, and %,d are allowed; partition it by less,"
                                    + " such as months(day) or bucket(16, id)",
                            partitions,
                            mostPartitions));
        }
        return result;
    }

    /**
     * Lets Spark resolve all that a first load and a night of a table may ask of it, so that what cannot be written as declared is
     * known before anything is. Runs nothing.
     *
     * @param spark a session whose catalog {@code galley} has the table, and shows {@code before} beside it
     * @throws WriteException if the SELECT's columns do not fit the table; what Spark throws is checked, and not declared
     */
    public static void prove(SparkSession spark, ModelTable model, Dataset<Row> selected) {
        Target target = Target.of(spark, model.name());
        WriteOrder order = new WriteOrder(
                        model,
                        selected,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        new SnapshotNotes("", "", ConsumedOffsets.NOTHING))
                .spelled(target.columns());
        WriteMode mode = order.table().write();
        Shape.of(mode, target)
                .ifPresent(shape ->
                        new KeyedWrite(spark, order, shape, target, TableOpener.ALL_OPEN, Instant.EPOCH).prove());
        if (mode instanceof WriteMode.Append) {
            new AppendWrite(spark, order, target, TableOpener.ALL_OPEN, Instant.EPOCH).prove();
        }
    }

    private WriteResult written(WriteOrder order, Target target) {
        WriteMode mode = order.table().write();
        Optional<Shape> shape = Shape.of(mode, target);
        if (shape.isPresent()) {
            return keyed(order, shape.get(), target);
        }
        if (mode instanceof WriteMode.Append) {
            return new AppendWrite(spark, order, target, opener, clock.instant()).write();
        }
        if (Split.quarantines(order.table().checks())) {
            throw new WriteException(
                    target.name(),
                    "on_fail: quarantine needs the write mode append, merge or replace_groups; a table that is"
                            + " replaced would refuse the same rows in every run. Declare on_fail: block");
        }
        return replaced(order, target);
    }

    private WriteResult keyed(WriteOrder order, Shape shape, Target target) {
        return new KeyedWrite(spark, order, shape, target, opener, clock.instant()).write();
    }

    private WriteResult replaced(WriteOrder order, Target target) {
        Dataset<Row> rows = target.aligned(order.selected());
        boolean untouched = order.affected().map(List::isEmpty).orElse(false);
        long written = untouched ? note(order, target) : target.noting(order.notes(), replacing(order, target, rows));
        WriteResult.Changes changes = untouched
                ? WriteResult.Changes.NONE
                : order.firstLoad() ? WriteResult.Changes.FIRST : WriteResult.Changes.MIXED;
        return new WriteResult(target.name(), Counts.ofApplied(written), changes, Map.of());
    }

    private static long note(WriteOrder order, Target target) {
        target.note(order.notes());
        return 0;
    }

    private static Target.Write replacing(WriteOrder order, Target target, Dataset<Row> rows) {
        return () -> {
            if (order.table().write() instanceof WriteMode.Replace) {
                target.writing(rows).overwrite(lit(true));
            } else if (order.affected().isPresent()) {
                List<@Nullable Object> values = order.affected().get();
                boolean passesOverNull = values.contains(null) && !mayBeNull(order, rows);
                Column read = named(order, passesOverNull ? withoutNull(values) : values);
                target.writing(rows.where(read)).overwrite(named(order, values));
            } else {
                target.writing(rows).overwritePartitions();
            }
        };
    }

    /**
     * Whether the SELECT could give rows of the partition of null. Nulls are in most files of a column that may be null, so that
     * to ask for them is to read all of these.
     */
    private static boolean mayBeNull(WriteOrder order, Dataset<Row> rows) {
        LogicalPlan plan =
                rows.select(col(Sql.name(column(order)))).queryExecution().optimizedPlan();
        Attribute column = plan.output().head();
        return column.nullable() && !plan.constraints().contains(new IsNotNull(column));
    }

    private static List<@Nullable Object> withoutNull(List<@Nullable Object> values) {
        return values.stream().filter(Objects::nonNull).toList();
    }

    private static String column(WriteOrder order) {
        if (!(order.table().incremental() instanceof Incremental.Affected affected)) {
            throw new WriteException(order.table().name(), "affected values are given, but it declares no affected");
        }
        return affected.column();
    }

    /** The partitions that {@code Affected} names. */
    private static Column named(WriteOrder order, List<@Nullable Object> values) {
        Column column = col(Sql.name(column(order)));
        // No list holds null or NaN as Iceberg compares them.
        Column named =
                column.isin(values.stream().filter(v -> v != null && !isNan(v)).toArray());
        named = values.contains(null) ? named.or(column.isNull()) : named;
        return values.stream().anyMatch(TableWriter::isNan) ? named.or(column.equalTo(Double.NaN)) : named;
    }

    private static boolean isNan(@Nullable Object value) {
        return (value instanceof Double d && d.isNaN()) || (value instanceof Float f && f.isNaN());
    }
}
