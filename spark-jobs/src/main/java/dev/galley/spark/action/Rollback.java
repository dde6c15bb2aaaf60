package dev.galley.spark.action;

import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.Published;
import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.ledger.RunTable;
import dev.galley.catalog.wap.AuditBranch;
import dev.galley.catalog.wap.Audited;
import dev.galley.catalog.wap.Fork;
import dev.galley.catalog.wap.PublishRequest;
import dev.galley.catalog.wap.Restored;
import dev.galley.definition.table.TableName;
import dev.galley.spark.run.ExpiredTags;
import dev.galley.spark.run.HeldRunException;
import dev.galley.spark.run.RunReport;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.table.Parallel;
import dev.galley.spark.view.Consumed;
import dev.galley.spark.view.SnapshotNotes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Publishes an earlier run's state again, of all tables of a pipeline at once. It is a run of its own, with a tag of its own, and
 * can be rolled back; the tags of the runs in between stay. What a table has consumed goes back with it, so the next run takes
 * the batches since that state again.
 */
public final class Rollback {
    private final Workspace workspace;
    private final String pipeline;

    public Rollback(Workspace workspace, String pipeline) {
        this.workspace = workspace;
        this.pipeline = pipeline;
    }

    /** What becomes of one table. */
    public sealed interface Step {
        TableName table();

        /** {@code main} is that snapshot already. */
        record Stays(TableName table) implements Step {}

        /** {@code main} goes to a snapshot that was published at that time. */
        record Back(TableName table, long snapshot, Instant written) implements Step {}

        /** The table was first published later: its rows go, the table stays. */
        record Emptied(TableName table) implements Step {}
    }

    /**
     * What a rollback would do.
     *
     * @param to the run whose state it is; empty for the state before the first
     * @param steps by table name
     */
    public record Plan(Optional<Published> to, List<Step> steps) {
        public Plan {
            steps = List.copyOf(steps);
        }

        public boolean changesNothing() {
            return steps.stream().allMatch(Step.Stays.class::isInstance);
        }
    }

    /**
     * The way back to what a run published. Writes nothing.
     *
     * @throws IllegalArgumentException if that run published nothing, is another pipeline's, or a table or snapshot of it is
     *     gone
     */
    public Plan toRun(RunId id) {
        Published to = workspace
                .ledger()
                .published(id)
                .filter(published -> published.pipeline().equals(pipeline))
                .orElseThrow(() -> new IllegalArgumentException("Cannot roll back to run " + id + ": it is no published"
                        + " run of " + pipeline + "; see bin/galley runs " + pipeline + " --status published"));
        return plan(Optional.of(to));
    }

    /**
     * The way back to what was published at that time. Writes nothing.
     *
     * @throws IllegalArgumentException as {@link #toRun}, or if nothing was published by then
     */
    public Plan toTime(Instant time) {
        Published to = workspace.ledger().publishedAt(time).stream()
                .filter(published -> published.pipeline().equals(pipeline))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot roll back to " + time + ": " + pipeline
                        + " had published nothing by then; see bin/galley runs " + pipeline));
        return plan(Optional.of(to));
    }

    /** The way back to before anything was published: all tables are emptied. Writes nothing. */
    public Plan toEmpty() {
        return plan(Optional.empty());
    }

    /**
     * Does it, all tables at once or none.
     *
     * @return the run that it is
     * @throws HeldRunException if an audited run waits for a person
     * @throws dev.galley.catalog.ledger.LeaseHeldException if a run is at work
     */
    public Published execute(Plan plan) {
        RunId id = RunId.next(workspace.clock(), new SecureRandom());
        try (Lease lease = workspace.leases().acquire(pipeline, id)) {
            workspace.recovery().recover(pipeline);
            workspace.requireNoneHeld(pipeline);
            workspace.ledger().begin(id, pipeline, "rollback");
            try {
                return publish(lease, plan(plan.to())); // a run may have published since
            } catch (RuntimeException e) {
                workspace.fail(id, pipeline, e);
                throw e;
            }
        }
    }

    private Published publish(Lease lease, Plan plan) {
        List<Audited> emptied = new ArrayList<>();
        List<Restored> restored = new ArrayList<>();
        List<TableName> others = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof Step.Emptied) {
                emptied.add(emptied(lease.run(), step.table()));
            } else if (step instanceof Step.Back back) {
                restored.add(new Restored(back.table(), back.snapshot()));
            } else {
                others.add(step.table());
            }
        }
        return workspace
                .publication()
                .publish(PublishRequest.of(lease, emptied, others, report(lease.run(), plan))
                        .restoring(restored)
                        .expiring(ExpiredTags.of(workspace, pipeline)));
    }

    private Plan plan(Optional<Published> to) {
        TreeMap<TableName, RunTable> then = to.map(Published::tables).orElse(List.of()).stream()
                .collect(Collectors.toMap(RunTable::table, Function.identity(), (one, other) -> one, TreeMap::new));
        List<TableName> now = workspace.catalog().tables(pipeline);
        if (now.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot roll back " + pipeline + ": no table of the catalog belongs to a pipeline of that name");
        }
        then.values().stream()
                .filter(table -> !now.contains(table.table()))
                .findFirst()
                .ifPresent(gone -> {
                    throw new IllegalArgumentException(
                            "Cannot roll back to run " + gone.run() + ": its table " + gone.table() + " is gone");
                });
        List<Parallel.Task<List<Step>>> steps = new ArrayList<>();
        now.forEach(name -> steps.add(() -> step(name, then.get(name))));
        return new Plan(to, Parallel.all(steps).stream().flatMap(List::stream).toList());
    }

    /** None for a table that never had a row to see. */
    private List<Step> step(TableName name, @Nullable RunTable then) {
        Table table = workspace.catalog().load(name);
        Snapshot main = table.currentSnapshot();
        if (then == null) {
            return main == null
                    ? List.of()
                    : List.of(isEmptied(table, main) ? new Step.Stays(name) : new Step.Emptied(name));
        }
        Snapshot target = table.snapshot(then.snapshotId());
        if (target == null) {
            throw new IllegalArgumentException("Cannot roll back to run " + then.run() + ": its snapshot of " + name
                    + " has expired; see " + name + ".refs for the runs that are kept");
        }
        boolean there = main != null && main.snapshotId() == target.snapshotId();
        return List.of(
                there
                        ? new Step.Stays(name)
                        : new Step.Back(name, target.snapshotId(), Instant.ofEpochMilli(target.timestampMillis())));
    }

    private static boolean isEmptied(Table table, Snapshot main) {
        return "0".equals(main.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP))
                && Consumed.of(table, SnapshotRef.MAIN_BRANCH).equals(Consumed.NOTHING);
    }

    /** No rows, and nothing consumed. */
    private Audited emptied(RunId run, TableName name) {
        AuditBranch branch = new AuditBranch(workspace.catalog(), run);
        Fork fork = branch.fork(name);
        DeleteFiles delete = workspace
                .catalog()
                .load(name)
                .newDelete()
                .deleteFromRowFilter(Expressions.alwaysTrue())
                .toBranch(branch.name());
        SnapshotNotes.ofNothing(run.text()).forEach(delete::set);
        delete.commit();
        return branch.audited(fork);
    }

    private String report(RunId run, Plan plan) {
        List<RunReport.TableReport> tables = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (!(step instanceof Step.Stays)) {
                String input = step instanceof Step.Emptied
                        ? "emptied"
                        : "as run " + plan.to().orElseThrow().run() + " left it";
                tables.add(new RunReport.TableReport(step.table().toString(), input, 0, 0, 0, 0, 0, 0, 0, 0));
            }
        }
        return new RunReport(
                        run.text(), pipeline, List.of(), tables, List.of(), List.of(), List.of(), List.of(), List.of())
                .toJson();
    }
}
