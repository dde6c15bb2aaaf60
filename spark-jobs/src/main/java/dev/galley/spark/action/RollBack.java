package dev.galley.spark.action;

import dev.galley.catalog.Parallel;
import dev.galley.catalog.run.MainMovedException;
import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.PublishedRun;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.catalog.run.RunReport;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.table.TableName;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.view.ConsumedOffsets;
import dev.galley.spark.view.SnapshotNotes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
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
public final class RollBack {
    private static final Parallel READING = new Parallel(4);

    private final Workspace workspace;
    private final String pipeline;
    private final Supplier<Optional<PublishedRun>> target;

    private RollBack(Workspace workspace, String pipeline, Supplier<Optional<PublishedRun>> target) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.target = target;
    }

    /** To what a run published; refused if that run published nothing, or is another pipeline's. */
    public static RollBack toRun(Workspace workspace, String pipeline, RunId id) {
        return new RollBack(workspace, pipeline, () -> {
            PublishedRun to = workspace
                    .runs()
                    .published(id)
                    .filter(published -> published.pipeline().equals(pipeline))
                    .orElseThrow(() -> new UsageException(
                            "Cannot roll back to run " + id + ": it is no published run of " + pipeline,
                            NextStep.runs(pipeline).with("--status", "published")));
            return Optional.of(to);
        });
    }

    /** To what was published at that time; refused if nothing was by then. */
    public static RollBack toTime(Workspace workspace, String pipeline, Instant time) {
        return new RollBack(workspace, pipeline, () -> {
            PublishedRun to = workspace.runs().publishedAt(time).stream()
                    .filter(published -> published.pipeline().equals(pipeline))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(
                            "Cannot roll back to " + time + ": " + pipeline + " had published nothing by then",
                            NextStep.runs(pipeline)));
            return Optional.of(to);
        });
    }

    /** To before anything was published: all tables are emptied. */
    public static RollBack toEmpty(Workspace workspace, String pipeline) {
        return new RollBack(workspace, pipeline, Optional::empty);
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
    public record Plan(Optional<PublishedRun> to, List<Step> steps) {
        public Plan {
            steps = List.copyOf(steps);
        }

        public boolean changesNothing() {
            return steps.stream().allMatch(Step.Stays.class::isInstance);
        }
    }

    /**
     * What was done.
     *
     * @param run what it published; empty if that was what is published now
     */
    public record Done(Plan plan, Optional<PublishedRun> run) {}

    /**
     * Tells what a rollback would do. Changes nothing.
     *
     * @throws UsageException if there is no such state, or a table or snapshot of it is gone
     */
    public Plan plan() {
        return plan(target.get());
    }

    /**
     * Does it, all tables at once or none; nothing where nothing would change.
     *
     * @throws UsageException if there is no such state, or a table or snapshot of it is gone
     * @throws HeldRunException if an audited run waits for a person
     * @throws MainMovedException if somebody else writes to a table of the pipeline meanwhile, twice
     * @throws dev.galley.catalog.run.LeaseHeldException if a run is at work
     */
    public Done execute() {
        Optional<PublishedRun> to = target.get();
        Plan before = plan(to);
        if (before.changesNothing()) {
            return new Done(before, Optional.empty());
        }
        try {
            return done(to);
        } catch (MainMovedException moved) {
            try {
                return done(to); // what somebody else has just written goes back, too
            } catch (MainMovedException again) {
                throw again.withoutRebuild();
            }
        }
    }

    private Done done(Optional<PublishedRun> to) {
        try (OpenRun run = workspace.runs().open(pipeline, Kind.ROLLBACK)) {
            run.begin();
            try {
                Plan plan = plan(to); // a run may have published since
                return new Done(plan, Optional.of(publish(run, plan)));
            } catch (RuntimeException e) {
                run.fail(e);
                throw e;
            }
        }
    }

    private PublishedRun publish(OpenRun run, Plan plan) {
        Map<TableName, Long> restored = new TreeMap<>();
        List<RunReport.TableReport> tables = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof Step.Emptied) {
                empty(run, step.table());
                tables.add(RunReport.TableReport.restored(step.table(), "emptied"));
            } else if (step instanceof Step.Back back) {
                restored.put(back.table(), back.snapshot());
                tables.add(RunReport.TableReport.restored(
                        back.table(), "as run " + plan.to().orElseThrow().run() + " left it"));
            }
        }
        return run.publish(RunReport.of(run.id(), pipeline, tables), restored);
    }

    private Plan plan(Optional<PublishedRun> to) {
        TreeMap<TableName, PublishedRun.Table> then = to.map(PublishedRun::tables).orElse(List.of()).stream()
                .collect(Collectors.toMap(
                        PublishedRun.Table::name, Function.identity(), (one, other) -> one, TreeMap::new));
        List<TableName> now = workspace.catalog().tables(pipeline);
        if (now.isEmpty()) {
            throw new UsageException(
                    "Cannot roll back " + pipeline + ": no table of the catalog belongs to a pipeline of that name");
        }
        then.values().stream()
                .filter(table -> !now.contains(table.name()))
                .findFirst()
                .ifPresent(gone -> {
                    throw new UsageException("Cannot roll back to run "
                            + to.orElseThrow().run() + ": its table " + gone.name() + " is gone");
                });
        List<Optional<Step>> steps = READING.map(now, name -> step(name, then.get(name), to));
        return new Plan(to, steps.stream().flatMap(Optional::stream).toList());
    }

    /** None for a table that never had a row to see. */
    private Optional<Step> step(TableName name, PublishedRun.@Nullable Table then, Optional<PublishedRun> to) {
        Table table = workspace.catalog().load(name);
        Snapshot main = table.currentSnapshot();
        if (then == null) {
            return main == null
                    ? Optional.empty()
                    : Optional.of(isEmptied(table, main) ? new Step.Stays(name) : new Step.Emptied(name));
        }
        Snapshot target = table.snapshot(then.snapshotId());
        if (target == null) {
            throw new UsageException(
                    "Cannot roll back to run " + to.orElseThrow().run() + ": its snapshot of " + name
                            + " has expired; see " + name + ".refs for the runs that are kept");
        }
        boolean there = main != null && main.snapshotId() == target.snapshotId();
        return Optional.of(
                there
                        ? new Step.Stays(name)
                        : new Step.Back(name, target.snapshotId(), Instant.ofEpochMilli(target.timestampMillis())));
    }

    private static boolean isEmptied(Table table, Snapshot main) {
        return "0".equals(main.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP))
                && ConsumedOffsets.read(table, SnapshotRef.MAIN_BRANCH).equals(ConsumedOffsets.NOTHING);
    }

    /** No rows, and nothing consumed. */
    private void empty(OpenRun run, TableName name) {
        run.fork(name);
        DeleteFiles delete = workspace
                .catalog()
                .load(name)
                .newDelete()
                .deleteFromRowFilter(Expressions.alwaysTrue())
                .toBranch(run.id().branch());
        SnapshotNotes.ofNothing(run.id().text()).forEach(delete::set);
        delete.commit();
    }
}
