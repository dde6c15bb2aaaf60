package dev.galley.spark.run;

import dev.galley.catalog.CatalogException;
import dev.galley.catalog.run.CheckResult;
import dev.galley.catalog.run.CheckResult.Outcome;
import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.definition.Pipeline;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.landing.Batch;
import dev.galley.spark.audit.Audit;
import dev.galley.spark.audit.Audited;
import dev.galley.spark.audit.PersonalData;
import dev.galley.spark.audit.Refusal;
import dev.galley.spark.plan.RunPlan;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.table.PublishedState;
import dev.galley.spark.table.RunTables;
import dev.galley.spark.table.TablePreparation;
import dev.galley.spark.view.RunCatalog;
import dev.galley.spark.view.RunView;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** One run that holds the lease and is entered in the ledger: writes, audits, and ends it one way or the other. */
final class RunInProgress {
    private final Workspace workspace;
    private final Pipeline pipeline;
    private final SparkSession session;
    private final OpenRun run;
    private final PublishedState state;
    private final List<ForeignChange> foreign;
    private final Progress progress;
    private final RunCatalog catalog;
    private final RunTables tables;
    private final StageTimes watch = new StageTimes();

    RunInProgress(
            Workspace workspace,
            Pipeline pipeline,
            SparkSession session,
            OpenRun run,
            PublishedState state,
            List<ForeignChange> foreign,
            Progress progress) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.session = session;
        this.run = run;
        this.state = state;
        this.foreign = List.copyOf(foreign);
        this.progress = progress;
        this.catalog = RunCatalog.of(session);
        this.tables = new RunTables(workspace.catalog(), run, catalog);
    }

    RunOutcome execute(RunPlan plan, RunOptions options) {
        try {
            RunReport report = writeAndAudit(plan);
            return conclude(report, options);
        } catch (RuntimeException e) {
            run.fail(e);
            List<Batch> batches = plan.batches();
            if (!batches.isEmpty() && !(e instanceof CatalogException)) {
                NamedBatches.rejecting(pipeline.name(), batches)
                        .forEach(step -> progress.suggest(step.to("If a record makes it fail")));
            }
            throw e;
        }
    }

    private RunReport writeAndAudit(RunPlan plan) {
        TableGraph graph = TableGraph.of(pipeline);
        watch.time("prepare", () -> {
            new TablePreparation(session, graph, state, tables, pipeline, progress::say).prepare(plan);
            return plan;
        });
        catalog.enter(new RunView(run.id().branch(), tables.befores(), state, identities()));
        try {
            StepWriter writer = new StepWriter(workspace, session, catalog, tables, run.id(), graph, state, progress);
            List<WrittenTable> written = watch.time("write", () -> new StepSchedule(graph, plan).write(writer));
            RunReport report = watch.time("audit", () -> audited(written));
            progress.say("Audited: %d checks passed, %d warned, %d failed"
                    .formatted(
                            report.checks(Outcome.PASSED),
                            report.checks(Outcome.WARNED),
                            report.checks(Outcome.FAILED)));
            return report;
        } finally {
            catalog.leave();
        }
    }

    private RunReport audited(List<WrittenTable> written) {
        Audit audit = new Audit(session, run.id().text(), new PersonalData(session, pipeline.tables()));
        AuditSchedule schedule = new AuditSchedule(audit, pipeline.checks());
        List<Audited> tables = written.stream().map(WrittenTable::forAudit).toList();
        return report(written, schedule.run(tables), schedule.refusals(tables));
    }

    private Map<TableName, List<String>> identities() {
        return pipeline.tables().stream().collect(Collectors.toMap(PipelineTable::name, RunInProgress::identity));
    }

    private static List<String> identity(PipelineTable table) {
        return table instanceof ModelTable model
                ? model.write().identity()
                : List.of("_batch", "_part", "_line"); // where it was received, the same row for ever
    }

    private RunOutcome conclude(RunReport report, RunOptions options) {
        if (report.failed()) {
            run.block(report);
            ops(run.report(), Status.BLOCKED);
            return new RunOutcome.Blocked(run.report());
        }
        if (options.publish() == RunOptions.Publish.HOLD || pipeline.publish() == Pipeline.Publish.MANUAL) {
            run.hold(report);
            ops(run.report(), Status.HELD);
            return new RunOutcome.Held(run.report());
        }
        watch.time("publish", () -> run.publish(report));
        RunReport complete = run.report().withSeconds(watch.stages());
        ops(complete, Status.PUBLISHED);
        return new RunOutcome.Published(complete);
    }

    /** A run's report that could not be kept in {@code ops} is in the ledger all the same. */
    private void ops(RunReport report, Status status) {
        try {
            watch.time("ops", () -> {
                new OpsTables(workspace.catalog(), session, workspace.clock()).append(report, status);
                return status;
            });
        } catch (Exception e) { // Spark throws checked ones, too, that no signature names
            progress.say("Not noted in ops.runs and ops.audits: " + e.getMessage());
        }
    }

    private RunReport report(List<WrittenTable> written, List<CheckResult> checks, List<Refusal> refusals) {
        List<RunReport.TableReport> reports =
                written.stream().map(WrittenTable::report).toList();
        Map<TableName, Long> judged =
                reports.stream().collect(Collectors.toMap(RunReport.TableReport::table, t -> t.delta() + t.waiting()));
        return new RunReport(
                run.id(),
                pipeline.name(),
                written.stream().flatMap(table -> table.batches().stream()).toList(),
                reports,
                Stream.concat(checks.stream(), foreign.stream().map(ForeignChange::warning))
                        .toList(),
                refusals.stream()
                        .map(refusal -> refused(refusal, judged.getOrDefault(refusal.table(), 0L)))
                        .toList(),
                List.of(),
                List.of(),
                watch.stages());
    }

    private static RunReport.RefusalReport refused(Refusal refusal, long judged) {
        double share = judged == 0 ? 0 : (double) refusal.rows() / judged;
        return new RunReport.RefusalReport(
                refusal.table(),
                refusal.check(),
                refusal.field(),
                refusal.rows(),
                share,
                refusal.key(),
                refusal.example());
    }
}
