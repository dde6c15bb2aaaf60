package dev.galley.spark.write;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Units counted by outcome.
 *
 * @param replaced how many of the applied ones the table has in an older version
 * @param newKeys the least and the greatest first part of a key that is new to the table
 */
record Tally(Map<String, Long> fresh, Map<String, Long> waited, long replaced, Optional<Range> newKeys) {
    record Range(Object min, Object max) {}

    /** Counts decided units; one job. */
    static Tally of(Dataset<Row> decided, String firstKey) {
        String isNew = Mark.OUTCOME + " = '" + Verdict.APPLIED + "' AND NOT " + Mark.KNOWN;
        Map<String, Long> fresh = new HashMap<>();
        Map<String, Long> waited = new HashMap<>();
        long replaced = 0;
        Optional<Range> newKeys = Optional.empty();
        for (Row row : decided.groupBy(expr(Mark.OUTCOME), expr(Mark.ORIGIN + " IS NULL"), expr(Mark.KNOWN))
                .agg(
                        count(lit(1)),
                        expr("min(if(" + isNew + ", " + Sql.name(firstKey) + ", NULL))"),
                        expr("max(if(" + isNew + ", " + Sql.name(firstKey) + ", NULL))"))
                .collectAsList()) {
            long units = row.getLong(3);
            (row.getBoolean(1) ? fresh : waited).merge(row.getString(0), units, Long::sum);
            if (row.getString(0).equals(Verdict.APPLIED)) {
                replaced += row.getBoolean(2) ? units : 0;
                newKeys = wider(newKeys, row.get(4), row.get(5));
            }
        }
        return new Tally(fresh, waited, replaced, newKeys);
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

    @SuppressWarnings("unchecked")
    private static Optional<Range> wider(Optional<Range> range, @Nullable Object min, @Nullable Object max) {
        if (min == null || max == null) {
            return range;
        }
        if (range.isEmpty()) {
            return Optional.of(new Range(min, max));
        }
        Range other = range.get();
        return Optional.of(new Range(
                ((Comparable<Object>) min).compareTo(other.min()) < 0 ? min : other.min(),
                ((Comparable<Object>) max).compareTo(other.max()) > 0 ? max : other.max()));
    }
}
