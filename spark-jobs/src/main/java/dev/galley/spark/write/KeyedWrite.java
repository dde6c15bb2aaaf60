package dev.galley.spark.write;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Writes one table of keys and versions. Everything it reads beside the delta it reads as it was before the run, so that
 * nothing it caches is changed by its own writes.
 */
final class KeyedWrite {
    /** Up to this many rows a delta is sent to every task rather than sorted together with the table. */
    private static final long SMALL_DELTA = 200_000;
    /** So few rows are one file, or one for each partition, however many tasks decided on them. */
    private static final long ROWS_OF_ONE_FILE = 50_000;
    /** Up to this size a table is rewritten without asking first which of its files are concerned. */
    private static final long SMALL_TABLE_BYTES = 64L << 20;

    private static final String GROUP_FILTER = "spark.sql.optimizer.runtime.rowLevelOperationGroupFilter.enabled";

    private final SparkSession spark;
    private final WriteOrder order;
    private final Shape shape;
    private final Target target;
    private final Quarantine quarantine;
    private final Split split;
    private final Pruning pruning;

    KeyedWrite(SparkSession spark, WriteOrder order, Shape shape, Target target, QuarantineOpener opener, Instant now) {
        this.spark = spark;
        this.order = order;
        this.shape = shape;
        this.target = target;
        this.quarantine = new Quarantine(spark, target.name(), target.schema(), opener, now);
        List<String> required =
                Stream.concat(shape.key().stream(), Stream.of(shape.version())).toList();
        this.split = new Split(spark, order.table().checks(), required);
        this.pruning = Pruning.of(
                target.iceberg(),
                Stream.concat(shape.key().stream(), shape.immutable().stream()).toList());
    }

    WriteResult write() {
        Dataset<Row> delta = Quarantine.notWaiting(target.aligned(order.selected()));
        if (order.firstLoad()) {
            quarantine.releaseAll(order.notes());
        }
        boolean waits = !order.firstLoad() && quarantine.anyWaiting();
        Dataset<Row> all = waits ? delta.unionByName(quarantine.waiting()) : delta;
        try (Materialized arrived = new Materialized(spark, all)) {
            Optional<WriteResult> plain = order.firstLoad() ? writtenAsTheyAre(arrived.rows()) : Optional.empty();
            return plain.orElseGet(() -> compared(arrived.rows()));
        }
    }

    /** Most first loads refuse nothing and have each key once: then there is nothing to decide. Empty if there is. */
    private Optional<WriteResult> writtenAsTheyAre(Dataset<Row> arrived) {
        Row known = split.judged(arrived)
                .groupBy(keys("_g_k"))
                .agg(
                        count(lit(1)).as("_g_rows"),
                        shape.several().as("_g_several"),
                        expr("bool_or(size(" + Mark.REASONS + ") > 0)").as("_g_refused"))
                .agg(
                        count(lit(1)),
                        expr("coalesce(sum(_g_rows), 0L)"),
                        expr("coalesce(bool_or(_g_several OR _g_refused), true)"))
                .head();
        if (known.getBoolean(2)) {
            return Optional.empty();
        }
        append(arrived, known.getLong(1));
        Counts counts = Counts.ofApplied(known.getLong(0));
        return Optional.of(new WriteResult(target.name(), counts, WriteResult.Changes.FIRST, Map.of()));
    }

    private WriteResult compared(Dataset<Row> arrived) {
        List<Column> facts = new ArrayList<>(List.of(count(lit(1))));
        facts.addAll(shape.counts());
        facts.addAll(pruning.aggregates());
        Row known = arrived.agg(facts.get(0), facts.subList(1, facts.size()).toArray(Column[]::new))
                .head();
        if (known.getLong(0) == 0) {
            target.note(order.notes());
            return new WriteResult(target.name(), Counts.NONE, WriteResult.Changes.NONE, Map.of());
        }
        return decide(arrived, known);
    }

    private WriteResult decide(Dataset<Row> arrived, Row known) {
        String part = pruning.prunes() ? pruning.condition(known, 3, "t") : "true";
        try (Materialized decided = new Materialized(spark, decided(arrived, part, known.getLong(0)))) {
            return settled(decided.rows(), known, part);
        }
    }

    private WriteResult settled(Dataset<Row> decided, Row known, String part) {
        Tally tally = Tally.of(decided);
        Counts counts = tally.counts(known.getLong(1), known.getLong(2));
        if (!counts.balanced()) {
            requireKeysOnce(decided, part);
            throw new IllegalStateException("Cannot write " + target.name()
                    + ": its rows do not balance, which is a fault of this program: " + counts);
        }
        Dataset<Row> refused = decided.where(outcome(Verdict.QUARANTINED) + " AND " + Mark.ORIGIN + " IS NULL");
        Dataset<Row> left =
                decided.where("NOT " + outcome(Verdict.QUARANTINED) + " AND " + Mark.ORIGIN + " IS NOT NULL");
        Map<String, Long> reasons = counts.newlyQuarantined() > 0 ? Quarantine.reasons(refused) : Map.of();
        quarantine.settle(shape.rows(refused), shape.rows(left), shape.keyText(), counts, order.notes());
        return new WriteResult(target.name(), counts, apply(decided, tally, part), reasons);
    }

    /** A key that stands twice makes two of each of its units. */
    private void requireKeysOnce(Dataset<Row> decided, String part) {
        if (order.firstLoad()) {
            return;
        }
        Dataset<Row> asked = decided.select(keys("_g_k")).distinct();
        Optional<Row> twice = shape
                .current(before().where(part).join(asked, asked("_g_k"), "left_semi"))
                .groupBy(expr(shape.keyText()).as("_g_key"))
                .count()
                .where("count > 1")
                .orderBy("_g_key")
                .limit(1)
                .collectAsList()
                .stream()
                .findFirst();
        twice.ifPresent(row -> {
            throw new WriteException(
                    target.name(),
                    "key " + row.getString(0) + " stands in " + row.getLong(1) + " of its rows; "
                            + String.join(", ", shape.key()) + " must be unique. "
                            + (shape.immutable().isEmpty()
                                    ? "Something else wrote the table."
                                    : "Versions of one key came with other values of "
                                            + String.join(", ", shape.immutable())
                                            + ", or something else wrote the table.")
                            + " Build it anew from its upstreams: bin/galley run "
                            + target.iceberg().properties().getOrDefault("galley.pipeline", "PIPELINE")
                            + " --full-refresh");
        });
    }

    private Dataset<Row> decided(Dataset<Row> arrived, String part, long rows) {
        Dataset<Row> units = shape.units(split.judged(arrived));
        Verdict verdict = new Verdict(shape);
        if (order.firstLoad()) {
            return verdict.ofFirst(units);
        }
        Dataset<Row> asked = arrived.select(keys("_g_k")).distinct();
        Dataset<Row> current = shape.current(
                before().where(part).join(rows <= SMALL_DELTA ? broadcast(asked) : asked, asked("_g_k"), "left_semi"));
        return verdict.of(units, rows <= SMALL_DELTA ? broadcast(current) : current);
    }

    private Dataset<Row> before() {
        return spark.table(Sql.beside(target.name(), "before")).as("t");
    }

    private Column[] keys(String prefix) {
        Column[] keys = new Column[shape.key().size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = col(Sql.name(shape.key().get(i))).as(prefix + i);
        }
        return keys;
    }

    private Column asked(String prefix) {
        Column same = lit(true);
        for (int i = 0; i < shape.key().size(); i++) {
            same = same.and(col(Sql.name("t", shape.key().get(i))).equalTo(col(prefix + i)));
        }
        return same;
    }

    private static String outcome(String outcome) {
        return "(" + Mark.OUTCOME + " = '" + outcome + "')";
    }

    private WriteResult.Changes apply(Dataset<Row> decided, Tally tally, String part) {
        if (tally.of(Verdict.APPLIED) == 0) {
            target.note(order.notes());
            return WriteResult.Changes.NONE;
        }
        Dataset<Row> applied = decided.where(outcome(Verdict.APPLIED));
        if (order.firstLoad() || (tally.replaced() == 0 && !target.rewrites())) {
            append(shape.rows(applied), tally.of(Verdict.APPLIED));
            return order.firstLoad() ? WriteResult.Changes.FIRST : WriteResult.Changes.ADDED;
        }
        merge(shape.source(applied), part);
        return WriteResult.Changes.MIXED;
    }

    private void append(Dataset<Row> applied, long about) {
        Column[] columns = target.columns().stream().map(c -> col(Sql.name(c))).toArray(Column[]::new);
        Dataset<Row> rows = applied.select(columns);
        target.noting(order.notes(), target.append(about <= ROWS_OF_ONE_FILE ? rows.coalesce(1) : rows));
    }

    private void merge(Dataset<Row> source, String part) {
        String view = "g_" + UUID.randomUUID().toString().replace("-", "");
        source.createOrReplaceTempView(view);
        // Asking first which files are concerned pays only where nothing else narrows a large table.
        SQLConf conf = spark.sessionState().conf().clone();
        conf.setConfString(GROUP_FILTER, Boolean.toString(!pruning.prunes() && target.bytes() > SMALL_TABLE_BYTES));
        String merge = "MERGE INTO " + Sql.name(target.name()) + " t USING " + view + " s ON " + part + " AND "
                + shape.merge();
        try {
            target.noting(order.notes(), () -> SQLConf.withExistingConf(conf, () -> spark.sql(merge)));
        } finally {
            spark.catalog().dropTempView(view);
        }
    }
}
