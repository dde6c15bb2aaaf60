package dev.galley.spark.audit;

import dev.galley.catalog.run.CheckResult;
import dev.galley.definition.CustomCheck;
import dev.galley.definition.table.BronzeTable;
import dev.galley.definition.table.Check;
import dev.galley.definition.table.CheckRule;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.QuarantineLimits;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.write.Counts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.functions;
import scala.collection.JavaConverters;

/** Checks what an open run has written. Changes nothing; safe for use by several threads. */
public final class Audit {
    /** The name of the check that too many rows refused fail. */
    private static final String SHARE = "quarantine_share";

    private static final Pattern OF_THE_RUN =
            Pattern.compile("\\.`?(before|added|removed|delta)\\b", Pattern.CASE_INSENSITIVE);

    private final SparkSession spark;
    private final String run;
    private final PersonalData personal;

    /**
     * @param spark a session whose catalog {@code galley} is in the run {@code run}
     * @param personal what results do not show
     */
    public Audit(SparkSession spark, String run, PersonalData personal) {
        this.spark = spark;
        this.run = run;
        this.personal = personal;
    }

    /** What was refused of a table, by check and field; empty if nothing was. */
    public List<Refusal> refusals(Audited audited) {
        return audited.written().refused().isEmpty()
                ? List.of()
                : new Refusals(spark, personal)
                        .of(
                                audited.table(),
                                Sql.name(audited.table().name().quarantine()),
                                "run_id = " + Sql.text(run));
    }

    /** Every check of a table, in the order declared, then what Galley itself refused, and whether that was too much. */
    public List<CheckResult> of(Audited audited) {
        PipelineTable table = audited.table();
        Map<String, CheckResult> declared = new HashMap<>();
        Arrays.stream(Check.Scope.values())
                .map(scope -> new Subject(spark, table, audited.written(), scope, personal))
                .flatMap(subject -> blocking(subject).stream())
                .forEach(result -> declared.put(result.check(), result));
        List<CheckResult> results = new ArrayList<>();
        Map<String, Long> refused = new LinkedHashMap<>(audited.written().refused());
        for (Check check : table.checks()) {
            if (check.onFail() == Check.OnFail.QUARANTINE) {
                Long rows = refused.remove(check.name());
                results.add(refused(audited, CheckResult.Origin.TABLE, check.name(), rows == null ? 0 : rows));
            } else {
                results.add(Objects.requireNonNull(declared.get(check.name())));
            }
        }
        refused.forEach((check, rows) -> results.add(refused(audited, CheckResult.Origin.GALLEY, check, rows)));
        if (!audited.written().refused().isEmpty() || quarantines(table)) {
            results.add(share(audited));
        }
        return results;
    }

    /** A custom check: each row that its SELECT gives offends. */
    public CheckResult of(CustomCheck check) {
        try {
            Dataset<Row> offenders = Inlined.of(spark, check.sql());
            long failed = offenders.count();
            List<String> samples = failed == 0 ? List.of() : samples(offenders);
            String detail =
                    failed == 0 ? "no rows" : failed + (failed == 1 ? " row" : " rows") + " where there should be none";
            return custom(check, CheckResult.Outcome.of(check.severity(), failed), failed, samples, detail);
        } catch (Exception e) {
            String why = "Cannot run the check of " + check.place() + ": " + Cause.of(e, personal.any());
            return custom(check, CheckResult.Outcome.of(check.severity(), 1), 0, List.of(), why);
        }
    }

    private List<String> samples(Dataset<Row> offenders) {
        LogicalPlan plan = offenders.queryExecution().analyzed();
        List<Boolean> hidden = personal.of(plan);
        List<Attribute> outputs = JavaConverters.seqAsJavaList(plan.output());
        Column[] shown = IntStream.range(0, outputs.size())
                .mapToObj(i -> hidden.get(i)
                        ? functions.lit(PersonalData.MASK).as(outputs.get(i).name())
                        : new Column(outputs.get(i)))
                .toArray(Column[]::new);
        return offenders
                .select(shown)
                .selectExpr("substr(to_json(struct(*)), 1, 200) AS k")
                .orderBy("k")
                .limit(CheckResult.MAX_SAMPLES)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static CheckResult custom(
            CustomCheck check, CheckResult.Outcome outcome, long failed, List<String> samples, String detail) {
        return new CheckResult(
                check.tables().get(0),
                CheckResult.Origin.CUSTOM,
                check.name(),
                check.severity(),
                outcome,
                0,
                failed,
                samples,
                "",
                detail,
                failed == 0 || isOfTheRun(check) ? "" : "-f " + check.place().file());
    }

    /** Whether it reads what only an open run shows. */
    private static boolean isOfTheRun(CustomCheck check) {
        return OF_THE_RUN.matcher(check.sql()).find();
    }

    private static List<CheckResult> blocking(Subject subject) {
        List<Check> ofRows = new ArrayList<>();
        List<CheckResult> results = new ArrayList<>();
        for (Check check : subject.table().checks()) {
            if (check.onFail() == Check.OnFail.BLOCK && check.scope() == subject.scope()) {
                if (check.rule() instanceof CheckRule.OfRow) {
                    ofRows.add(check);
                } else {
                    results.add(new TableChecks(subject).run(check));
                }
            }
        }
        if (!ofRows.isEmpty()) {
            results.addAll(new RowChecks(subject, ofRows).run());
        }
        return results;
    }

    /** A check that splits rows off before the write: how many it refused. */
    private CheckResult refused(Audited audited, CheckResult.Origin origin, String check, long rows) {
        Counts counts = audited.written().counts();
        long judged = counts.delta() + counts.waiting();
        return new CheckResult(
                audited.table().name(),
                origin,
                check,
                Check.Severity.WARN,
                CheckResult.Outcome.of(Check.Severity.WARN, rows),
                judged,
                rows,
                rows == 0 ? List.of() : sample(audited.table(), origin, check),
                "",
                rows == 0 ? "none refused" : "%d of %d refused, into quarantine".formatted(rows, judged),
                "");
    }

    /** Of a contract, whose reasons have names of their own, any refused record. */
    private List<String> sample(PipelineTable table, CheckResult.Origin origin, String check) {
        boolean ofContract = origin == CheckResult.Origin.GALLEY && table instanceof BronzeTable;
        return spark
                .sql("SELECT coalesce(table_key, substr(record, 1, 200)) AS k FROM "
                        + Sql.name(table.name().quarantine()) + " WHERE run_id = " + Sql.text(run)
                        + (ofContract ? "" : " AND exists(reasons, r -> r.check = " + Sql.text(check) + ")")
                        + " ORDER BY k LIMIT " + CheckResult.MAX_SAMPLES)
                .collectAsList()
                .stream()
                .map(row -> personal.key(table, String.valueOf(row.get(0))))
                .distinct()
                .toList();
    }

    private static CheckResult share(Audited audited) {
        QuarantineLimits limits = audited.table().quarantine();
        Counts counts = audited.written().counts();
        long refused = counts.newlyQuarantined();
        boolean judged = counts.delta() >= limits.fromRows();
        double share = counts.delta() == 0 ? 0 : (double) refused / counts.delta();
        CheckResult.Outcome outcome = !judged || (share <= limits.warn() && share <= limits.block())
                ? CheckResult.Outcome.PASSED
                : share > limits.block() ? CheckResult.Outcome.FAILED : CheckResult.Outcome.WARNED;
        String detail = "%d of %d refused; warns above %s %%, blocks above %s %%, from %d rows"
                .formatted(refused, counts.delta(), limits.warn() * 100, limits.block() * 100, limits.fromRows());
        return new CheckResult(
                audited.table().name(),
                CheckResult.Origin.GALLEY,
                SHARE,
                Check.Severity.ERROR,
                outcome,
                counts.delta(),
                refused,
                List.of(),
                "",
                detail,
                "");
    }

    private static boolean quarantines(PipelineTable table) {
        return table instanceof BronzeTable
                || table.checks().stream().anyMatch(c -> c.onFail() == Check.OnFail.QUARANTINE);
    }
}
