package dev.galley.spark.action;

import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.Published;
import dev.galley.catalog.ledger.Run;
import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.ledger.Status;
import dev.galley.catalog.wap.Audited;
import dev.galley.catalog.wap.PublishRequest;
import dev.galley.catalog.wap.Unmoved;
import dev.galley.definition.table.TableName;
import dev.galley.spark.run.ExpiredTags;
import dev.galley.spark.run.ForeignChange;
import dev.galley.spark.run.RunReport;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.view.Consumed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;

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
     * @throws IllegalArgumentException if the run is not held, or an audit of it failed
     * @throws dev.galley.catalog.wap.MainMovedException if {@code main} moved since the run began; it stays held
     * @throws dev.galley.catalog.ledger.LeaseHeldException if another run is at work
     */
    public Published publish(RunId id) {
        Run run = workspace.run(id);
        Optional<Published> before = workspace.ledger().published(id);
        if (before.isPresent()) {
            return before.get();
        }
        RunReport report = run.report().map(RunReport::ofJson).orElse(RunReport.empty(id, run.pipeline()));
        if (run.status() != Status.HELD || report.failed() || report.heads().isEmpty()) {
            throw new IllegalArgumentException("Cannot publish run " + id + ": " + reason(run, report)
                    + "; only what passed its audit can be published. Next: bin/galley show " + id
                    + ", bin/galley run --rebuild " + id);
        }
        workspace.recovery().recover(run.pipeline());
        List<Audited> audited = report.audited();
        Set<TableName> written = audited.stream().map(Audited::table).collect(Collectors.toSet());
        List<TableName> others = workspace.catalog().tables(run.pipeline()).stream()
                .filter(table -> !written.contains(table))
                .toList();
        try (Lease lease = workspace.leases().acquire(run.pipeline(), id)) {
            return workspace
                    .publication()
                    .publish(PublishRequest.of(lease, audited, others, report.toJson())
                            .seeing(seen(report, written))
                            .expiring(ExpiredTags.of(workspace, run.pipeline())));
        }
    }

    /** What the run saw of tables that it did not write; a report that does not tell it is of a run whose snapshots do. */
    private List<Unmoved> seen(RunReport report, Set<TableName> written) {
        if (!report.seen().isEmpty()) {
            return report.unmoved();
        }
        Map<TableName, Unmoved> read = new TreeMap<>();
        for (Audited audited : report.audited()) {
            Table table = workspace.catalog().load(audited.table());
            Consumed.of(table, new RunId(report.run()).branch()).upTo().forEach((upstream, snapshot) -> {
                if (upstream.contains(".") && !written.contains(TableName.of(upstream))) {
                    read.put(TableName.of(upstream), new Unmoved(TableName.of(upstream), OptionalLong.of(snapshot)));
                }
            });
        }
        return List.copyOf(read.values());
    }

    /** Tables of a held run's pipeline that somebody changed past every run; its tag will name them as they are. */
    public List<ForeignChange> foreign(RunId id) {
        Run run = workspace.run(id);
        return run.status() == Status.HELD ? ForeignChange.of(workspace, run.pipeline()) : List.of();
    }

    /**
     * Keeps a blocked run, with its branches, for a person: later runs wait until it is discarded or rebuilt.
     *
     * @throws IllegalArgumentException if the run is neither blocked nor held
     */
    public void hold(RunId id) {
        Run run = workspace.run(id);
        if (run.status() == Status.HELD) {
            return;
        }
        if (run.status() != Status.BLOCKED) {
            throw new IllegalArgumentException("Cannot hold run " + id + ": it is " + status(run)
                    + "; only blocked runs can be held, see bin/galley run --no-publish");
        }
        try (Lease lease = workspace.leases().acquire(run.pipeline(), id)) {
            workspace.ledger().hold(lease.run());
        }
    }

    private static String reason(Run run, RunReport report) {
        if (run.status() != Status.HELD) {
            return "it is " + status(run);
        }
        return report.failed() ? "an audit of it failed" : "it does not say what was audited";
    }

    private static String status(Run run) {
        return run.status().name().toLowerCase(Locale.ROOT);
    }
}
