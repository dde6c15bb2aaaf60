package dev.galley.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.galley.spark.branch.SnapshotNotes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Adds rows to a table without keys. */
final class AppendWrite {
    private final WriteOrder order;
    private final Target target;
    private final Quarantine quarantine;
    private final Split split;
    private final Instant now;

    AppendWrite(SparkSession spark, WriteOrder order, Target target, QuarantineOpener opener, Instant now) {
        this.order = order;
        this.target = target;
        this.now = now;
        this.quarantine = new Quarantine(spark, target.name(), opener);
        this.split = new Split(spark, order.table().checks(), List.of());
    }

    WriteResult write() {
        Dataset<Row> delta = target.aligned(order.selected());
        boolean waits = quarantine.anyWaiting();
        if (!waits && !Split.quarantines(order.table().checks())) {
            long rows = target.noting(order.notes(), target.append(delta));
            return result(Counts.ofApplied(rows), Map.of());
        }
        Dataset<Row> marked = Quarantine.notWaiting(delta);
        Dataset<Row> arrived = (waits ? marked.unionByName(quarantine.waiting(target.schema())) : marked)
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return divide(split.judged(arrived));
        } finally {
            arrived.unpersist();
        }
    }

    private WriteResult divide(Dataset<Row> rows) {
        Dataset<Row> judged = rows.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Counts counts = counts(judged);
            Map<String, Long> refused = counts.newlyQuarantined() > 0 ? refused(judged) : Map.of();
            settle(judged, counts);
            Column[] columns =
                    target.columns().stream().map(c -> col(Sql.name(c))).toArray(Column[]::new);
            if (counts.applied() == 0) {
                target.note(order.notes());
            } else {
                target.noting(
                        order.notes(),
                        target.append(
                                judged.where("size(" + Mark.REASONS + ") = 0").select(columns)));
            }
            return result(counts, refused);
        } finally {
            judged.unpersist();
        }
    }

    private static Counts counts(Dataset<Row> judged) {
        Row n = judged.agg(
                        count(lit(1)),
                        expr("count_if(" + Mark.ORIGIN + " IS NOT NULL)"),
                        expr("count_if(size(" + Mark.REASONS + ") > 0)"),
                        expr("count_if(size(" + Mark.REASONS + ") > 0 AND " + Mark.ORIGIN + " IS NOT NULL)"))
                .head();
        long waiting = n.getLong(1);
        long quarantined = n.getLong(2);
        return new Counts(n.getLong(0) - waiting, waiting, n.getLong(0) - quarantined, 0, 0, quarantined, n.getLong(3));
    }

    private static Map<String, Long> refused(Dataset<Row> judged) {
        return judged
                .where(Mark.ORIGIN + " IS NULL")
                .select(expr("explode(array_distinct(transform(" + Mark.REASONS + ", r -> r.check)))"))
                .groupBy("col")
                .count()
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(r -> r.getString(0), r -> r.getLong(1)));
    }

    private void settle(Dataset<Row> judged, Counts counts) {
        SnapshotNotes notes = Quarantine.notes(order.notes());
        Dataset<Row> entries = Quarantine.entries(
                judged.where("size(" + Mark.REASONS + ") > 0 AND " + Mark.ORIGIN + " IS NULL"),
                target.schema(),
                "CAST(NULL AS STRING)",
                order.notes().run(),
                now);
        if (counts.released() > 0) {
            Dataset<Row> released = judged.where("size(" + Mark.REASONS + ") = 0 AND " + Mark.ORIGIN + " IS NOT NULL");
            quarantine.addAndRelease(
                    entries.unionByName(
                            Quarantine.releases(released, order.notes().run())),
                    notes);
        } else if (counts.newlyQuarantined() > 0) {
            quarantine.add(entries, notes);
        }
    }

    private WriteResult result(Counts counts, Map<String, Long> refused) {
        WriteResult.Changes added = order.firstLoad() ? WriteResult.Changes.FIRST : WriteResult.Changes.ADDED;
        WriteResult.Changes changes = counts.applied() == 0 ? WriteResult.Changes.NONE : added;
        return new WriteResult(target.name(), counts, changes, Optional.empty(), refused);
    }
}
