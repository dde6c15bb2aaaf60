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
import dev.galley.spark.view.Consumed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a person says to a run that waits: publish it, or keep a blocked one waiting. */
public final class Approval {
    private final Workspace workspace;

    public Approval(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Publishes a held run, exactly as it was audited; one that is published already is left as it is.
     *
     * @return what is published
     * @throws UsageException if the run is not held, or an audit of it failed
     * @throws dev.galley.catalog.run.MainMovedException if {@code main} moved since the run began; it stays held
     * @throws dev.galley.catalog.run.LeaseHeldException if another run is at work
     */
    public PublishedRun publish(RunId id) {
        RunRecord run = workspace.run(id);
        Optional<PublishedRun> before = workspace.runs().published(id);
        if (before.isPresent()) {
            return before.get();
        }
        RunReport report = run.report().orElse(RunReport.of(id, run.pipeline(), List.of()));
        if (run.status() != Status.HELD || report.failed() || report.heads().isEmpty()) {
            throw new UsageException(
                    "Cannot publish run " + id + ": " + reason(run, report)
                            + "; only what passed its audit can be published",
                    NextStep.show(id),
                    NextStep.rebuild(id));
        }
        try (WaitingRun waiting = workspace.runs().resume(id)) {
            return waiting.publish(report.seen().isEmpty() ? report.withSeen(read(report)) : report);
        }
    }

    /** An older report does not say what the run saw of tables that it did not write; its snapshots do. */
    private List<RunReport.Seen> read(RunReport report) {
        Set<TableName> written =
                report.heads().stream().map(RunReport.Head::table).collect(Collectors.toSet());
        Map<TableName, RunReport.Seen> read = new TreeMap<>();
        for (TableName table : written) {
            Consumed.of(workspace.catalog().load(table), report.run().branch())
                    .upTo()
                    .forEach((upstream, snapshot) -> {
                        if (upstream.contains(".") && !written.contains(TableName.of(upstream))) {
                            read.put(TableName.of(upstream), new RunReport.Seen(TableName.of(upstream), snapshot));
                        }
                    });
        }
        return List.copyOf(read.values());
    }

    /** Tables of a held run's pipeline that somebody changed past every run; its tag will name them as they are. */
    public List<ForeignChange> foreign(RunId id) {
        RunRecord run = workspace.run(id);
        return run.status() == Status.HELD ? ForeignChange.of(workspace, run.pipeline()) : List.of();
    }

    /**
     * Keeps a blocked run, with its branches, for a person: later runs wait until it is discarded or rebuilt.
     *
     * @throws UsageException if the run is neither blocked nor held
     */
    public void hold(RunId id) {
        RunRecord run = workspace.run(id);
        if (run.status() == Status.HELD) {
            return;
        }
        if (run.status() != Status.BLOCKED) {
            throw new UsageException(
                    "Cannot hold run " + id + ": it is " + status(run) + "; only blocked runs can be held");
        }
        try (WaitingRun waiting = workspace.runs().resume(id)) {
            waiting.hold();
        }
    }

    private static String reason(RunRecord run, RunReport report) {
        if (run.status() != Status.HELD) {
            return "it is " + status(run);
        }
        return report.failed() ? "an audit of it failed" : "it does not say what was audited";
    }

    private static String status(RunRecord run) {
        return run.status().name().toLowerCase(Locale.ROOT);
    }
}
