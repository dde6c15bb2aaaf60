package dev.galley.spark.write;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.Deletion;
import dev.galley.spark.sql.Sql;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.internal.SQLConf;
import scala.Option;

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

    private static final String PROOF = "g_proof";
    private static final String GROUP_FILTER = "spark.sql.optimizer.runtime.rowLevelOperationGroupFilter.enabled";

    private final SparkSession spark;
    private final WriteOrder order;
    private final Shape shape;
    private final Target target;
    private final Quarantine quarantine;
    private final Split split;
    private final Pruning pruning;
    private final Gone gone;

    KeyedWrite(SparkSession spark, WriteOrder order, Shape shape, Target target, TableOpener opener, Instant now) {
        this.spark = spark;
        this.order = order;
        this.shape = shape;
        this.target = target;
        this.quarantine = new Quarantine(spark, target.name(), target.schema(), opener, now);
        shape.incomparable().ifPresent(reason -> {
            throw new WriteException(target.name(), reason);
        });
        this.split = Split.of(spark, order.table(), shape);
        this.gone = new Gone(spark, target, shape, order, opener);
        this.pruning = Pruning.of(
                target.iceberg(),
                Stream.concat(shape.key().stream(), shape.immutable().stream()).toList());
    }

    WriteResult write() {
        Dataset<Row> delta = Quarantine.notWaiting(target.aligned(order.selected()));
        if (order.firstLoad()) {
            quarantine.releaseAll(order.notes());
            gone.clear();
        }
        boolean waits = !order.firstLoad() && quarantine.anyWaiting();
        Dataset<Row> all = waits ? delta.unionByName(quarantine.waiting()) : delta;
        try (Materialized arrived = new Materialized(spark, all.withColumn(Mark.GONE, shape.gone()))) {
            WriteResult result = order.parents().isPresent()
                    ? withParents(arrived.rows(), order.parents().get())
                    : written(arrived.rows(), Optional.empty());
            return order.firstLoad() && shape.soft() ? keepingMarked(result, arrived.rows()) : result;
        }
    }

    /** Lets Spark resolve what {@link #write} may ask of an order that is no first load, and of one that is. Runs nothing. */
    void prove() {
        Dataset<Row> arrived = Quarantine.notWaiting(target.aligned(order.selected()))
                .unionByName(quarantine.noneWaiting())
                .withColumn(Mark.GONE, shape.gone());
        Dataset<Row> judged = split.judged(arrived);
        judged.groupBy(keys("_g_k")).agg(shape.several());
        new Verdict(shape).ofFirst(Absence.added(shape.units(judged), Optional.empty(), shape));
        Dataset<Row> decided = decided(arrived, Optional.empty(), "true", 0);
        quarantine.prove(shape.rows(decided), shape.keyText());
        List<Column> facts = Stream.concat(shape.counts().stream(), places()).toList();
        arrived.agg(facts.get(0), facts.subList(1, facts.size()).toArray(Column[]::new));
        shape.source(decided).createOrReplaceTempView(PROOF);
        try {
            LogicalPlan merge = CatalystSqlParser$.MODULE$.parsePlan(mergeText(PROOF, "true"));
            spark.sessionState().analyzer().executeAndCheck(merge, new QueryPlanningTracker(Option.empty()));
        } finally {
            spark.catalog().dropTempView(PROOF);
        }
    }

    private WriteResult withParents(Dataset<Row> arrived, Parents parents) {
        try (Materialized kept = new Materialized(spark, parents.rows())) {
            return written(arrived, Optional.of(new Absence(shape, new Parents(kept.rows(), parents.tell()))));
        }
    }

    private WriteResult written(Dataset<Row> arrived, Optional<Absence> absence) {
        if (absence.isEmpty()) {
            return written(arrived, absence, Optional.empty());
        }
        String part = part(arrived, absence.get());
        Dataset<Row> table = order.firstLoad() ? before().where("false") : before().where(part);
        try (Materialized keys = new Materialized(spark, absence.get().keys(arrived, table))) {
            long absent = keys.rows().count();
            return written(
                    arrived, absence, absent == 0 ? Optional.empty() : Optional.of(new Absent(keys.rows(), absent)));
        }
    }

    private WriteResult written(Dataset<Row> arrived, Optional<Absence> absence, Optional<Absent> absent) {
        Optional<WriteResult> plain =
                order.firstLoad() && absent.isEmpty() ? writtenAsTheyAre(arrived) : Optional.empty();
        return plain.orElseGet(() -> compared(arrived, absence, absent));
    }

    /** Keys that are gone though the delta has no row that says so. */
    private record Absent(Dataset<Row> keys, long count) {}

    /** Most first loads refuse nothing and have each key once: then there is nothing to decide. Empty if there is. */
    private Optional<WriteResult> writtenAsTheyAre(Dataset<Row> arrived) {
        Row known = split.judged(arrived)
                .groupBy(keys("_g_k"))
                .agg(
                        count(lit(1)).as("_g_rows"),
                        shape.several().as("_g_several"),
                        expr("bool_or(size(" + Mark.REASONS + ") > 0 OR " + Mark.GONE + ")")
                                .as("_g_refused"))
                .agg(
                        count(lit(1)),
                        expr("coalesce(sum(_g_rows), 0L)"),
                        expr("coalesce(bool_or(_g_several OR _g_refused), true)"))
                .head();
        if (known.getBoolean(2)) {
            return Optional.empty();
        }
        append(shape.marked(arrived), known.getLong(1));
        Counts counts = Counts.ofApplied(known.getLong(0));
        return Optional.of(new WriteResult(target.name(), counts, WriteResult.Changes.FIRST, Map.of()));
    }

    /** What a soft table had and does not get when it is computed anew stays, marked. */
    private WriteResult keepingMarked(WriteResult result, Dataset<Row> arrived) {
        Dataset<Row> asked = arrived.select(keys("_g_k")).distinct();
        try (Materialized left = new Materialized(
                spark,
                target.aligned(
                        before().join(asked, asked("_g_k"), "left_anti").withColumn(Deletion.MARKER, lit(true))))) {
            long keys = left.rows().select(keys("_g_k")).distinct().count();
            if (keys > 0) {
                append(left.rows(), keys);
            }
            return result.deletingToo(keys);
        }
    }

    private WriteResult compared(Dataset<Row> arrived, Optional<Absence> absence, Optional<Absent> absent) {
        Stream<Column> places = absence.isEmpty() ? places() : Stream.empty();
        Row known = aggregates(
                arrived, Stream.concat(Stream.concat(Stream.of(count(lit(1))), shape.counts().stream()), places));
        if (known.getLong(0) == 0 && absent.isEmpty()) {
            target.note(order.notes());
            return new WriteResult(target.name(), Counts.NONE, WriteResult.Changes.NONE, Map.of());
        }
        String part = absence.isEmpty() ? part(known, 3) : part(arrived, absence.get());
        try (Materialized decided = new Materialized(spark, decided(arrived, absent, part, known.getLong(0)))) {
            return settled(
                    decided.rows(), known.getLong(1) + absent.map(Absent::count).orElse(0L), known.getLong(2), part);
        }
    }

    /**
     * Where rows of the table can be that the delta concerns, as a condition on {@code t}. Everywhere, if something is gone of
     * which is not known where it lay.
     */
    private String part(Dataset<Row> arrived, Absence absence) {
        Optional<Dataset<Row>> more = absence.places();
        if (!pruning.prunes() || order.firstLoad() || more.isEmpty()) {
            return "true";
        }
        Column[] columns = Stream.concat(
                        Stream.of(more.get().columns()).map(c -> col(Sql.name(c))), Stream.of(col(Mark.GONE)))
                .toArray(Column[]::new);
        Dataset<Row> asked = arrived.select(columns).union(more.get().withColumn(Mark.GONE, lit(false)));
        return part(aggregates(asked, places()), 0);
    }

    private String part(Row known, int first) {
        return !pruning.prunes() || order.firstLoad() || known.getBoolean(first)
                ? "true"
                : orGone(pruning.condition(known, first + 1, "t"));
    }

    /** A key that is gone may come back anywhere. */
    private String orGone(String part) {
        return shape.soft() && !shape.immutable().isEmpty()
                ? "((" + part + ") OR " + Sql.name("t", Deletion.MARKER) + ")"
                : part;
    }

    /** What {@link #part(Row, int)} must know. */
    private Stream<Column> places() {
        String lost = shape.immutable().stream()
                .map(c -> Sql.name(c) + " IS NULL")
                .collect(Collectors.joining(" OR ", "coalesce(bool_or(" + Mark.GONE + " AND (", ")), false)"));
        Column anyLost = expr(shape.immutable().isEmpty() ? "coalesce(bool_or(false), false)" : lost);
        return Stream.concat(Stream.of(anyLost), pruning.aggregates().stream());
    }

    private static Row aggregates(Dataset<Row> rows, Stream<Column> wanted) {
        List<Column> facts = wanted.toList();
        return rows.agg(facts.get(0), facts.subList(1, facts.size()).toArray(Column[]::new))
                .head();
    }

    private WriteResult settled(Dataset<Row> decided, long delta, long waiting, String part) {
        Tally tally = Tally.of(decided);
        Counts counts = tally.counts(delta, waiting);
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
            throw WriteException.ofKey(
                    target.name(),
                    row.getString(0),
                    "stands in " + row.getLong(1) + " of its rows; "
                            + String.join(", ", shape.key()) + " must be unique. "
                            + (shape.immutable().isEmpty()
                                    ? "Something else wrote the table."
                                    : "Versions of one key came with other values of "
                                            + String.join(", ", shape.immutable())
                                            + ", or something else wrote the table."),
                    NextStep.run(target.iceberg().properties().getOrDefault("galley.pipeline", "PIPELINE"))
                            .with("--full-refresh")
                            .to("Build it anew from its upstreams"));
        });
    }

    private Dataset<Row> decided(Dataset<Row> arrived, Optional<Absent> absent, String part, long rows) {
        Dataset<Row> units = Absence.added(shape.units(split.judged(arrived)), absent.map(Absent::keys), shape);
        Verdict verdict = new Verdict(shape);
        if (order.firstLoad()) {
            return verdict.ofFirst(units);
        }
        Dataset<Row> keys = arrived.select(keys("_g_k"));
        Dataset<Row> asked = absent.map(a -> keys.union(a.keys().select(keys("_g_k"))))
                .orElse(keys)
                .distinct();
        boolean small = rows + absent.map(Absent::count).orElse(0L) <= SMALL_DELTA;
        Dataset<Row> current = current(small ? broadcast(asked) : asked, part);
        return verdict.of(units, small ? broadcast(current) : current);
    }

    /** What is known of the keys asked for: rows of the table, and those that are gone. */
    private Dataset<Row> current(Dataset<Row> asked, String part) {
        Dataset<Row> rows = shape.current(before().where(part).join(asked, asked("_g_k"), "left_semi"))
                .withColumn(Mark.KNOWN, lit(true));
        if (!gone.any()) {
            return rows;
        }
        Dataset<Row> apart = gone.before(shape.immutable().isEmpty() ? part : "true")
                .as("t")
                .join(asked, asked("_g_k"), "left_semi")
                // A key that came back where it had not been is in both.
                .join(rows.select(keys("_g_r")), asked("_g_r"), "left_anti")
                .withColumn(Mark.GONE, lit(true))
                .withColumn(Mark.KNOWN, lit(false));
        Column[] columns =
                Arrays.stream(apart.columns()).map(c -> col(Sql.name(c))).toArray(Column[]::new);
        return rows.select(columns).union(apart);
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
        Dataset<Row> applied = decided.where(outcome(Verdict.APPLIED));
        if (tally.apart() > 0) {
            gone.settle(applied.where(Mark.VANISHES + " OR " + Mark.STOOD_APART), shape);
        }
        if (tally.changed() == 0) {
            target.note(order.notes());
            return WriteResult.Changes.NONE;
        }
        if (order.firstLoad() || (tally.replaced() == 0 && !target.rewrites())) {
            Dataset<Row> comes = applied.where("NOT " + Mark.VANISHES + " AND NOT " + Mark.LEFT);
            append(shape.marked(shape.rows(comes)), tally.changed());
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
        String merge = mergeText(view, part);
        try {
            target.noting(order.notes(), () -> SQLConf.withExistingConf(conf, () -> spark.sql(merge)));
        } finally {
            spark.catalog().dropTempView(view);
        }
    }

    private String mergeText(String view, String part) {
        return "MERGE INTO " + Sql.name(target.name()) + " t USING " + view + " s ON " + part + " AND " + shape.merge();
    }
}
