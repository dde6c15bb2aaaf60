package dev.galley.spark.write;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Units counted by outcome.
 *
 * @param replaced how many of the applied ones the table has in an older version
 */
record Tally(Map<String, Long> fresh, Map<String, Long> waited, long replaced) {
    /** Counts decided units; one job. */
    static Tally of(Dataset<Row> decided) {
        Map<String, Long> fresh = new HashMap<>();
        Map<String, Long> waited = new HashMap<>();
        long replaced = 0;
        for (Row row : decided.groupBy(expr(Mark.OUTCOME), expr(Mark.ORIGIN + " IS NULL"), expr(Mark.KNOWN))
                .agg(count(lit(1)))
                .collectAsList()) {
            long units = row.getLong(3);
            (row.getBoolean(1) ? fresh : waited).merge(row.getString(0), units, Long::sum);
            if (row.getString(0).equals(Verdict.APPLIED) && row.getBoolean(2)) {
                replaced += units;
            }
        }
        return new Tally(fresh, waited, replaced);
    }

    long of(String outcome) {
        return fresh.getOrDefault(outcome, 0L) + waited.getOrDefault(outcome, 0L);
    }

    Counts counts(long delta, long waiting) {
        return new Counts(
                delta,
                waiting,
                of(Verdict.APPLIED),
                of(Verdict.SUPERSEDED),
                of(Verdict.DUPLICATE),
                of(Verdict.QUARANTINED),
                waited.getOrDefault(Verdict.QUARANTINED, 0L));
    }
}
