package dev.galley.spark.run;

import dev.galley.catalog.CatalogException;
import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.ledger.Status;
import dev.galley.catalog.wap.AuditBranch;
import dev.galley.catalog.wap.PublishRequest;
import dev.galley.definition.Pipeline;
import dev.galley.definition.table.ModelTable;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.landing.Batch;
import dev.galley.spark.audit.Audit;
import dev.galley.spark.audit.Audited;
import dev.galley.spark.audit.CheckResult;
import dev.galley.spark.audit.PersonalData;
import dev.galley.spark.audit.Refusal;
import dev.galley.spark.plan.Graph;
import dev.galley.spark.plan.RunPlan;
import dev.galley.spark.sql.Sql;
import dev.galley.spark.table.PublishedState;
import dev.galley.spark.table.RunTables;
import dev.galley.spark.table.TablePreparation;
import dev.galley.spark.view.Run;
import dev.galley.spark.view.RunCatalog;
import java.util.ArrayList;
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
    private final Lease lease;
    private final PublishedState state;
    private final List<ForeignChange> foreign;
    private final Narrator narrator;
    private final RunCatalog catalog;
    private final RunTables tables;
    private final Stopwatch watch = new Stopwatch();

    RunInProgress(
            Workspace workspace,
            Pipeline pipeline,
            SparkSession session,
            Lease lease,
            PublishedState state,
            List<ForeignChange> foreign,
            Narrator narrator) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.session = session;
        this.lease = lease;
        this.state = state;
        this.foreign = List.copyOf(foreign);
        this.narrator = narrator;
        this.catalog = (RunCatalog) session.sessionState().catalogManager().catalog(Sql.CATALOG);
        this.tables = new RunTables(
                workspace.catalog(), pipeline.name(), new AuditBranch(workspace.catalog(), lease.run()), catalog);
    }

    RunOutcome execute(RunPlan plan, RunOptions options) {
        try {
            RunReport report = writeAndAudit(plan);
            return conclude(report, options);
        } catch (RuntimeException e) {
            workspace.fail(run(), pipeline.name(), e);
            List<Batch> batches = plan.batches();
            if (!batches.isEmpty() && !(e instanceof CatalogException)) {
                narrator.say("If a record makes it fail: " + NamedBatches.rejecting(pipeline.name(), batches));
            }
            throw e;
        }
    }

    private RunReport writeAndAudit(RunPlan plan) {
        Graph graph = Graph.of(pipeline);
        watch.time("prepare", () -> {
            new TablePreparation(session, graph, state, tables, pipeline, narrator::say).prepare(plan);
            return plan;
        });
        catalog.enter(new Run(run().branch(), tables.befores(), state, identities()));
        try {
            StepWriter writer = new StepWriter(workspace, session, catalog, tables, run(), graph, state, narrator);
            List<Written> written = watch.time("write", () -> new StepSchedule(graph, plan).write(writer));
            RunReport report = watch.time("audit", () -> audited(written));
            narrator.say("Audited: %d checks passed, %d warned, %d failed"
                    .formatted(report.checks("PASSED"), report.checks("WARNED"), report.checks("FAILED")));
            return report;
        } finally {
            catalog.leave();
        }
    }

    private RunReport audited(List<Written> written) {
        Audit audit = new Audit(session, run().text(), new PersonalData(session, pipeline.tables()));
        AuditSchedule schedule = new AuditSchedule(audit, pipeline.checks());
        List<Audited> tables = written.stream().map(Written::forAudit).toList();
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
            RunOutcome blocked = new RunOutcome.Blocked(report);
            workspace.ledger().finish(run(), Status.BLOCKED, blocked.exitCode().number(), report.toJson());
            ops(report, Status.BLOCKED);
            return blocked;
        }
        boolean hold = options.publish() == RunOptions.Publish.HOLD || pipeline.publish() == Pipeline.Publish.MANUAL;
        if (hold) {
            workspace.ledger().finish(run(), Status.HELD, 5, report.toJson());
            ops(report, Status.HELD);
            return new RunOutcome.Held(report);
        }
        List<TableName> others = tables.others();
        watch.time(
                "publish",
                () -> workspace
                        .publication()
                        .publish(PublishRequest.of(lease, report.audited(), others, report.toJson())
                                .seeing(report.unmoved())
                                .expiring(ExpiredTags.of(
                                        workspace.ledger().publications(pipeline.name()), pipeline.retention()))));
        RunReport complete = report.withSeconds(watch.stages());
        ops(complete, Status.PUBLISHED);
        return new RunOutcome.Published(complete);
    }

    /** A run's report that could not be kept in {@code ops} stands in the ledger all the same. */
    private void ops(RunReport report, Status status) {
        try {
            watch.time("ops", () -> {
                new OpsTables(workspace.catalog(), session, workspace.clock()).append(report, status);
                return status;
            });
        } catch (Exception e) { // Spark throws checked ones, too, that no signature names
            narrator.say("Not noted in ops.runs and ops.audits: " + e.getMessage());
        }
    }

    private RunId run() {
        return lease.run();
    }

    private RunReport report(List<Written> written, List<CheckResult> checks, List<Refusal> refusals) {
        List<RunReport.TakenBatch> batches = new ArrayList<>();
        written.forEach(w -> batches.addAll(w.batches()));
        List<RunReport.TableReport> reports =
                written.stream().map(Written::report).toList();
        Map<String, Long> judged =
                reports.stream().collect(Collectors.toMap(RunReport.TableReport::table, t -> t.delta() + t.waiting()));
        return new RunReport(
                run().text(),
                pipeline.name(),
                batches,
                reports,
                Stream.concat(
                                checks.stream().map(RunReport.CheckReport::of),
                                foreign.stream().map(RunReport.CheckReport::of))
                        .toList(),
                refusals.stream()
                        .map(r -> RunReport.RefusalReport.of(
                                r, judged.getOrDefault(r.table().toString(), 0L)))
                        .toList(),
                tables.audited().stream().map(RunReport.Head::of).toList(),
                tables.others().stream()
                        .map(table -> new RunReport.Seen(
                                table.toString(), state.pin(table).orElse(null)))
                        .toList(),
                watch.stages());
    }
}
