package dev.galley.spark.run;

import dev.galley.catalog.run.MainMovedException;
import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.definition.Pipeline;
import dev.galley.definition.table.TableName;
import dev.galley.landing.Landing;
import dev.galley.spark.plan.Planner;
import dev.galley.spark.plan.RunPlan;
import dev.galley.spark.plan.Step;
import dev.galley.spark.plan.StepInput;
import dev.galley.spark.plan.TableGraph;
import dev.galley.spark.table.PublishedState;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.SparkSession;

/** Runs a pipeline: what is new becomes audited and published tables, or nothing changes. */
public final class Runner {
    /** About what zstd saves of records as they were received. */
    private static final long RAW_BYTES_OF_A_STORED_ONE = 8;

    private final Workspace workspace;
    private final Pipeline pipeline;
    private final Progress progress;

    public Runner(Workspace workspace, Pipeline pipeline, Progress progress) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.progress = progress;
    }

    /** What a run would do now. Starts no Spark and writes nothing. */
    public RunPlan plan(Planner.Refresh refresh) {
        return plan(refresh, PublishedState.read(workspace.catalog(), pipeline));
    }

    /**
     * One run, from plan to publish. If somebody else moved {@code main} of its tables meanwhile, a second run builds and
     * audits all of it anew.
     *
     * @param spark starts the session; not called when there is nothing new; for a second run it gives the same again
     * @throws HeldRunException if an audited run waits for a person
     * @throws NothingLandedException if nothing was ever ingested
     * @throws dev.galley.spark.plan.LandingGapException if batches that should be read are not in the landing
     * @throws MainMovedException if {@code main} moved the second time, too; nothing is published
     * @throws dev.galley.catalog.run.LeaseHeldException if another run is at work
     */
    public RunOutcome run(RunOptions options, SparkStart spark) {
        try {
            return once(options, spark);
        } catch (MainMovedException e) {
            progress.say("%s; building it once more on what is there now".formatted(e.getMessage()));
            return once(options, spark);
        }
    }

    private RunOutcome once(RunOptions options, SparkStart spark) {
        try (OpenRun run = workspace.runs().open(pipeline.name(), Kind.RUN)) {
            run.settled()
                    .forEach(dead -> progress.say(
                            "Settled run %s of a process that is gone: %s".formatted(dead.id(), dead.status())));
            PublishedState state = PublishedState.read(workspace.catalog(), run.locations(), pipeline);
            List<ForeignChange> foreign = ForeignChange.read(workspace, pipeline.name());
            for (ForeignChange change : foreign) {
                progress.say(change + "; no audit saw all of it, and the next publish names it");
                change.wayBack(pipeline.name()).ifPresent(progress::suggest);
            }
            RunPlan plan = plan(options.refresh(), state);
            if (!plan.landed()) {
                throw new NothingLandedException(pipeline.name());
            }
            plan.notes().forEach(progress::say);
            plan.next().forEach(progress::suggest);
            if (plan.nothingNew()) {
                return new RunOutcome.NothingNew();
            }
            run.begin()
                    .ifPresent(blocked ->
                            progress.say("Run %s takes the place of blocked run %s".formatted(run.id(), blocked)));
            progress.say("Run %s: %d tables to write"
                    .formatted(run.id(), plan.steps().size()));
            SparkSession session = spark.start(inputBytes(plan));
            return new RunInProgress(workspace, pipeline, session, run, state, foreign, progress)
                    .execute(plan, options);
        }
    }

    private RunPlan plan(Planner.Refresh refresh, PublishedState state) {
        Landing landing = workspace.landing(pipeline.name());
        NamedBatches named = new NamedBatches(workspace.runs());
        return new Planner(
                        pipeline,
                        TableGraph.of(pipeline),
                        state::of,
                        bronze -> named.of(bronze, state.of(bronze.name())),
                        landing::manifest)
                .plan(landing.batches(), refresh);
    }

    /** About how many bytes a run would read now, before compression; 0 if there is nothing new. Starts no Spark. */
    public long inputBytes(Planner.Refresh refresh) {
        return inputBytes(plan(refresh));
    }

    /** What is landed and not yet read, and the tables that are read whole. */
    private long inputBytes(RunPlan plan) {
        long landed = plan.batches().stream()
                .flatMap(batch -> workspace.landing(pipeline.name()).manifest(batch).parts().stream())
                .mapToLong(part -> part.rawBytes())
                .sum();
        TableGraph graph = TableGraph.of(pipeline);
        long stored = plan.steps().stream()
                .filter(step -> step instanceof Step.Compute compute
                        && (compute.of() instanceof StepInput.Whole || compute.of() instanceof StepInput.Rebuild))
                .flatMap(step -> graph.upstreams(step.table()).stream())
                .distinct()
                .mapToLong(this::storedBytes)
                .sum();
        return landed + stored * RAW_BYTES_OF_A_STORED_ONE;
    }

    private long storedBytes(TableName table) {
        if (!workspace.catalog().exists(table)) {
            return 0;
        }
        Snapshot main = workspace.catalog().load(table).currentSnapshot();
        return main == null ? 0 : PropertyUtil.propertyAsLong(main.summary(), SnapshotSummary.TOTAL_FILE_SIZE_PROP, 0);
    }

    /** Starts the session for an input of so many bytes. */
    public interface SparkStart {
        SparkSession start(long inputBytes);
    }
}
