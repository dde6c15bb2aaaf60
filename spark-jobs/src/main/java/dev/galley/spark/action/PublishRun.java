package dev.galley.spark.action;

import dev.galley.catalog.run.PublishedRun;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.catalog.run.WaitingRun;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.table.TableName;
import dev.galley.spark.run.ForeignChange;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.view.ConsumedOffsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Publishes a held run, exactly as it was audited; one that is published already is left as it is. */
public final class PublishRun {
    private final Workspace workspace;
    private final RunId id;

    public PublishRun(Workspace workspace, RunId id) {
        this.workspace = workspace;
        this.id = id;
    }

    /**
     * What publishing would do.
     *
     * @param moving the tables whose {@code main} goes to what was audited; none if the run is published already
     * @param foreign tables of the pipeline that somebody changed past every run; the run's tag will name them as they are
     */
    public record Plan(RunId run, List<TableName> moving, List<ForeignChange> foreign) {
        public Plan {
            moving = List.copyOf(moving);
            foreign = List.copyOf(foreign);
        }
    }

    /**
     * Tells what publishing would do. Changes nothing.
     *
     * @throws UsageException if the run is not held, or an audit of it failed
     */
    public Plan plan() {
        if (workspace.runs().published(id).isPresent()) {
            return new Plan(id, List.of(), List.of());
        }
        List<TableName> moving =
                audited().heads().stream().map(RunReport.Head::table).toList();
        return new Plan(
                id, moving, ForeignChange.read(workspace, workspace.run(id).pipeline()));
    }

    /**
     * Publishes it.
     *
     * @return what is published
     * @throws UsageException if the run is not held, or an audit of it failed
     * @throws dev.galley.catalog.run.MainMovedException if {@code main} moved since the run began; it stays held
     * @throws dev.galley.catalog.run.LeaseHeldException if another run is at work
     */
    public PublishedRun execute() {
        Optional<PublishedRun> before = workspace.runs().published(id);
        if (before.isPresent()) {
            return before.get();
        }
        RunReport report = audited();
        try (WaitingRun waiting = workspace.runs().resume(id)) {
            return waiting.publish(report.seen().isEmpty() ? report.withSeen(read(report)) : report);
        }
    }

    private RunReport audited() {
        RunRecord run = workspace.run(id);
        RunReport report = run.report().orElse(RunReport.of(id, run.pipeline(), List.of()));
        if (run.status() != Status.HELD || !report.publishable()) {
            throw new UsageException(
                    "Cannot publish run " + id + ": " + reason(run, report)
                            + "; only what passed its audit can be published",
                    NextStep.show(id),
                    NextStep.rebuild(id));
        }
        return report;
    }

    /** An older report does not say what the run saw of tables that it did not write; its snapshots do. */
    private List<RunReport.Seen> read(RunReport report) {
        Set<TableName> written =
                report.heads().stream().map(RunReport.Head::table).collect(Collectors.toSet());
        Map<TableName, RunReport.Seen> read = new TreeMap<>();
        for (TableName table : written) {
            ConsumedOffsets.read(workspace.catalog().load(table), report.run().branch())
                    .upTo()
                    .forEach((upstream, snapshot) -> {
                        if (upstream.contains(".") && !written.contains(TableName.of(upstream))) {
                            read.put(TableName.of(upstream), new RunReport.Seen(TableName.of(upstream), snapshot));
                        }
                    });
        }
        return List.copyOf(read.values());
    }

    private static String reason(RunRecord run, RunReport report) {
        if (run.status() != Status.HELD) {
            return "it is " + run.status().text();
        }
        return report.failed() ? "an audit of it failed" : "it does not say what was audited";
    }
}
