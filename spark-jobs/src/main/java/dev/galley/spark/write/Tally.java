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
 * @param deleted how many of the applied ones say that their key is gone
 * @param replaced how many of the applied ones the table has in an older version
 * @param changed how many of the applied ones change rows of the table
 * @param apart how many of the applied ones change the versions of keys that are gone
 */
record Tally(Map<String, Long> fresh, Map<String, Long> waited, long deleted, long replaced, long changed, long apart) {
    /** Counts decided units; one job. */
    static Tally of(Dataset<Row> decided) {
        Map<String, Long> fresh = new HashMap<>();
        Map<String, Long> waited = new HashMap<>();
        long deleted = 0;
        long replaced = 0;
        long changed = 0;
        long apart = 0;
        for (Row row : decided.groupBy(
                        expr(Mark.OUTCOME),
                        expr(Mark.ORIGIN + " IS NULL"),
                        expr(Mark.KNOWN),
                        expr(Mark.GONE),
                        expr(Mark.VANISHES),
                        expr(Mark.STOOD_APART))
                .agg(count(lit(1)))
                .collectAsList()) {
            long units = row.getLong(6);
            (row.getBoolean(1) ? fresh : waited).merge(row.getString(0), units, Long::sum);
            if (row.getString(0).equals(Verdict.APPLIED)) {
                deleted += row.getBoolean(3) ? units : 0;
                replaced += row.getBoolean(2) ? units : 0;
                changed += row.getBoolean(2) || !row.getBoolean(4) ? units : 0;
                apart += row.getBoolean(4) || row.getBoolean(5) ? units : 0;
            }
        }
        return new Tally(fresh, waited, deleted, replaced, changed, apart);
    }

    long of(String outcome) {
        return fresh.getOrDefault(outcome, 0L) + waited.getOrDefault(outcome, 0L);
    }

    Counts counts(long delta, long waiting) {
        return new Counts(
                delta,
                waiting,
                of(Verdict.APPLIED) - deleted,
                of(Verdict.SUPERSEDED),
                of(Verdict.DUPLICATE),
                of(Verdict.QUARANTINED),
                waited.getOrDefault(Verdict.QUARANTINED, 0L),
                deleted);
    }
}
