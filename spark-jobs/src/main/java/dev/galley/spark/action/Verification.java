package dev.galley.spark.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.galley.definition.Pipeline;
import dev.galley.definition.table.Deletion;
import dev.galley.definition.table.Incremental;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.table.WriteMode;
import dev.galley.spark.audit.PersonalData;
import dev.galley.spark.plan.ModelHash;
import dev.galley.spark.plan.Step;
import dev.galley.spark.plan.StepInput;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.plan.TableState;
import dev.galley.spark.run.ParentRows;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.table.PublishedState;
import dev.galley.spark.view.RunCatalog;
import dev.galley.spark.view.RunView;
import dev.galley.spark.write.ComputedRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Computes the tables of a pipeline from what {@code main} of their upstreams holds, each from its whole upstreams, and compares
 * them with what is published. Reads {@code main} as it is when it begins, and writes nothing; a run may be at work meanwhile.
 */
public final class Verification {
    private static final int SAMPLES = 5;

    private final TableGraph graph;
    private final PublishedState state;
    private final SparkSession session;
    private final RunCatalog catalog;

    /** @param session of the workspace, with no run open */
    public Verification(Workspace workspace, Pipeline pipeline, SparkSession session) {
        this.graph = TableGraph.of(pipeline);
        this.state = PublishedState.read(workspace.catalog(), pipeline);
        this.session = session;
        this.catalog = RunCatalog.of(session);
    }

    /** What comparing one table came to. */
    public enum Outcome {
        SAME,
        DIFFERS,
        /** It cannot be told; the result's detail says why. */
        NOT_COMPARED
    }

    /**
     * One table.
     *
     * @param rows published
     * @param missing rows that were computed and are not published
     * @param unexpected rows that are published and were not computed
     * @param waiting of these two, rows whose key waits in quarantine; they are no difference, since what waits depends on what
     *     was there when it came
     * @param keys up to five of the keys that differ
     */
    public record Result(
            TableName table,
            Outcome outcome,
            long rows,
            long missing,
            long unexpected,
            long waiting,
            List<String> keys,
            String detail) {
        public Result {
            keys = List.copyOf(keys);
        }

        static Result notCompared(TableName table, String why) {
            return new Result(table, Outcome.NOT_COMPARED, 0, 0, 0, 0, List.of(), why);
        }
    }

    /** Results of the models that are asked for, in the order in which runs write them. */
    public List<Result> of(Predicate<TableName> asked) {
        catalog.enter(new RunView("verify", Map.of(), state, Map.of()));
        try {
            List<Result> results = new ArrayList<>();
            for (var table : graph.tables()) {
                if (table instanceof ModelTable model && asked.test(model.name())) {
                    results.add(notComparable(model)
                            .map(why -> Result.notCompared(model.name(), why))
                            .orElseGet(() -> compared(model)));
                }
            }
            return results;
        } finally {
            catalog.leave();
        }
    }

    private Optional<String> notComparable(ModelTable model) {
        TableState table = state.of(model.name());
        if (table.head().isEmpty()) {
            return Optional.of("nothing is published yet");
        }
        if (table.model().filter(kept -> ModelHash.isOf(kept, model)).isEmpty()) {
            return Optional.of("its file is not the one that its rows were computed by; run first");
        }
        boolean keepsPartitions = model.write() instanceof WriteMode.ReplacePartitions
                && !(model.incremental() instanceof Incremental.Affected);
        return keepsPartitions && model.partition().stream().anyMatch(term -> term.contains("("))
                ? Optional.of("it keeps the partitions that its SELECT does not bring, and these are no plain columns")
                : Optional.empty();
    }

    private Result compared(ModelTable model) {
        Dataset<Row> computed = live(
                model,
                ComputedRows.of(
                        session,
                        model,
                        ParentRows.numbered(session, graph, model, session.sql(model.sql())),
                        new ParentRows(session, catalog, graph)
                                .of(new Step.Compute(model, new StepInput.Whole()), true)));
        Dataset<Row> published = live(model, session.table(Sql.name(model.name())));
        if (model.write() instanceof WriteMode.ReplacePartitions
                && !(model.incremental() instanceof Incremental.Affected)) {
            published = inPartitionsOf(computed, published, model.partition());
        }
        Dataset<Row> differing =
                RowDifference.between(published, computed, model.write().key()).rows();
        if (keepsWhatItGot(model)) {
            differing = differing.where(RowDifference.TIMES + " < 0");
        }
        String waits = "coalesce(" + RowDifference.KEY + " IN (" + waiting(model) + "), false)";
        Dataset<Row> judged = differing.withColumn("_g_waits", expr(waits));
        Row n = judged.selectExpr(
                        "coalesce(sum(if(NOT _g_waits AND _g_times < 0, -_g_times, 0)), 0L)",
                        "coalesce(sum(if(NOT _g_waits AND _g_times > 0, _g_times, 0)), 0L)",
                        "coalesce(sum(if(_g_waits, abs(_g_times), 0)), 0L)")
                .head();
        boolean same = n.getLong(0) == 0 && n.getLong(1) == 0;
        return new Result(
                model.name(),
                same ? Outcome.SAME : Outcome.DIFFERS,
                published.count(),
                n.getLong(0),
                n.getLong(1),
                n.getLong(2),
                same ? List.of() : samples(model, judged.where("NOT _g_waits")),
                same ? "" : "SELECT over main of " + graph.upstreams(model.name()));
    }

    /** Whether rows stay that its upstream does not hold any more. */
    private boolean keepsWhatItGot(ModelTable model) {
        return model.write() instanceof WriteMode.Append
                && model.incremental() instanceof Incremental.NewRowsOf rows
                && !graph.upstream(rows.table()).appendOnly();
    }

    /** Rows that a table keeps of what its upstreams do not hold any more are not to be computed from these. */
    private static Dataset<Row> live(ModelTable model, Dataset<Row> rows) {
        return model.write().deletion().soft() ? rows.where("NOT coalesce(" + Deletion.MARKER + ", false)") : rows;
    }

    private List<String> samples(ModelTable model, Dataset<Row> differing) {
        PersonalData personal = new PersonalData(session, graph.tables());
        return differing
                .select(RowDifference.KEY)
                .distinct()
                .orderBy(RowDifference.KEY)
                .limit(SAMPLES)
                .collectAsList()
                .stream()
                .map(row -> personal.key(model, row.getString(0)))
                .distinct()
                .toList();
    }

    /** A SELECT of the keys that wait, as text. */
    private String waiting(ModelTable model) {
        TableName quarantine = model.name().quarantine();
        return !model.write().key().isEmpty() && state.pin(quarantine).isPresent()
                ? "SELECT table_key FROM " + Sql.name(quarantine) + " WHERE released_run IS NULL"
                : "SELECT CAST(NULL AS STRING) WHERE false";
    }

    private static Dataset<Row> inPartitionsOf(Dataset<Row> computed, Dataset<Row> published, List<String> partition) {
        Dataset<Row> brought = computed.select(partition.stream()
                        .map(c -> col(Sql.name(c)).as("_g_p_" + c))
                        .toArray(Column[]::new))
                .distinct();
        Column same = partition.stream()
                .map(c -> col(Sql.name(c)).eqNullSafe(col(Sql.name("_g_p_" + c))))
                .reduce(Column::and)
                .orElse(lit(true));
        return published.join(brought, same, "left_semi");
    }
}
