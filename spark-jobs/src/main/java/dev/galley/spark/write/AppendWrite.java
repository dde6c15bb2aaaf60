package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.galley.spark.sql.Sql;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Adds rows to a table without keys. */
final class AppendWrite {
    private static final String REFUSED = "size(" + Mark.REASONS + ") > 0";
    private static final String WAITED = Mark.ORIGIN + " IS NOT NULL";

    private final SparkSession spark;
    private final WriteOrder order;
    private final Target target;
    private final Quarantine quarantine;
    private final Split split;

    AppendWrite(SparkSession spark, WriteOrder order, Target target, TableOpener opener, Instant now) {
        this.spark = spark;
        this.order = order;
        this.target = target;
        this.quarantine = new Quarantine(spark, target.name(), target.schema(), opener, now);
        this.split = Split.of(spark, order.table());
    }

    WriteResult write() {
        Dataset<Row> delta = target.aligned(order.selected());
        if (order.firstLoad()) {
            quarantine.releaseAll(order.notes());
        }
        boolean waits = !order.firstLoad() && quarantine.anyWaiting();
        if (!waits && !Split.quarantines(order.table().checks())) {
            long rows = target.noting(order.notes(), target.append(delta));
            return result(Counts.ofApplied(rows), Map.of());
        }
        Dataset<Row> marked = Quarantine.notWaiting(delta);
        Dataset<Row> all = waits ? marked.unionByName(quarantine.waiting()) : marked;
        try (Materialized arrived = new Materialized(spark, all);
                Materialized judged = new Materialized(spark, split.judged(arrived.rows()))) {
            return divide(judged.rows());
        }
    }

    /** Lets Spark resolve what {@link #write} may ask. Runs nothing. */
    void prove() {
        Dataset<Row> delta = Quarantine.notWaiting(target.aligned(order.selected()));
        quarantine.prove(split.judged(delta.unionByName(quarantine.noneWaiting())), "CAST(NULL AS STRING)");
    }

    private WriteResult divide(Dataset<Row> judged) {
        Counts counts = counts(judged);
        Dataset<Row> refused = judged.where(REFUSED + " AND NOT " + WAITED);
        Map<String, Long> reasons = counts.newlyQuarantined() > 0 ? Quarantine.reasons(refused) : Map.of();
        Dataset<Row> left = judged.where("NOT " + REFUSED + " AND " + WAITED);
        quarantine.settle(refused, left, "CAST(NULL AS STRING)", counts, order.notes());
        if (counts.applied() == 0) {
            target.note(order.notes());
        } else {
            Column[] columns =
                    target.columns().stream().map(c -> col(Sql.name(c))).toArray(Column[]::new);
            target.noting(
                    order.notes(), target.append(judged.where("NOT " + REFUSED).select(columns)));
        }
        return result(counts, reasons);
    }

    private static Counts counts(Dataset<Row> judged) {
        Row n = judged.agg(
                        count(lit(1)),
                        expr("count_if(" + WAITED + ")"),
                        expr("count_if(" + REFUSED + ")"),
                        expr("count_if(" + REFUSED + " AND " + WAITED + ")"))
                .head();
        long waiting = n.getLong(1);
        long quarantined = n.getLong(2);
        return new Counts(n.getLong(0) - waiting, waiting, n.getLong(0) - quarantined, 0, 0, quarantined, n.getLong(3));
    }

    private WriteResult result(Counts counts, Map<String, Long> refused) {
        WriteResult.Changes added = order.firstLoad() ? WriteResult.Changes.FIRST : WriteResult.Changes.ADDED;
        WriteResult.Changes changes = counts.applied() == 0 ? WriteResult.Changes.NONE : added;
        return new WriteResult(target.name(), counts, changes, refused);
    }
}
