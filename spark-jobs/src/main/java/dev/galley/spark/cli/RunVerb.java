package dev.galley.spark.cli;

import static java.util.Objects.requireNonNull;

import dev.galley.catalog.ledger.RunId;
import dev.galley.definition.Pipeline;
import dev.galley.spark.action.Discard;
import dev.galley.spark.plan.Planner.Refresh;
import dev.galley.spark.run.RunOptions;
import dev.galley.spark.run.RunOutcome;
import dev.galley.spark.run.Runner;
import dev.galley.spark.run.Summary;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.session.Sessions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley run}. */
@Command(
        name = "run",
        description = "Write what is new on audit branches, audit it, publish all tables at once.",
        footer = {
            "",
            "Examples:",
            "  galley run bookstore",
            "  galley run bookstore --full-refresh --no-publish",
            "  galley run --rebuild 20261121T113000Z-4f3a9c"
        })
final class RunVerb extends Verb {
    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @ArgGroup
    private RefreshOption refresh = new RefreshOption();

    @Option(names = "--no-publish", description = "Stop after the audit and hold the run (exit code 5).")
    private boolean hold;

    @Option(names = "--dry-run", description = "Print the plan and stop.")
    private boolean dryRun;

    /** For the launcher, which gives a small run another JVM than a large one. */
    @Option(names = "--input-bytes", hidden = true, description = "Print about how much the run would read, and stop.")
    private boolean inputBytes;

    @Option(names = "--json", description = "The report as JSON on stdout.")
    private boolean json;

    /** A pipeline by its name, or by one of its runs. */
    static final class What {
        @Parameters(paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
        private @Nullable String pipeline;

        @Option(
                names = "--rebuild",
                paramLabel = "RUN",
                description =
                        "Drop that held or blocked run, if it is still there, and run its pipeline on what main is"
                                + " now.")
        private @Nullable String run;

        String name(Workspace workspace) {
            return pipeline != null
                    ? pipeline
                    : new Discard(workspace)
                            .rebuildable(new RunId(requireNonNull(run)))
                            .pipeline();
        }

        void drop(Workspace workspace) {
            if (run != null) {
                new Discard(workspace).toRebuild(new RunId(run));
            }
        }
    }

    /** What to do with tables that are computed by the change alone. */
    static final class RefreshOption {
        @Option(names = "--full-refresh", description = "Compute every model anew from its whole upstreams.")
        private boolean full;

        @Option(
                names = "--forward-only",
                description = "Go on with a changed incremental model; older rows stay as they are.")
        private boolean forwardOnly;

        Refresh refresh() {
            return full ? Refresh.FULL : forwardOnly ? Refresh.FORWARD_ONLY : Refresh.WHAT_IS_NEW;
        }
    }

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            String name = what.name(workspace);
            Pipeline pipeline = pipeline(workspace.settings(), name);
            Runner runner = new Runner(workspace, pipeline, narrator());
            if (inputBytes) {
                out().println(runner.inputBytes(refresh.refresh()));
                return 0;
            }
            if (dryRun) {
                PlanVerb.print(runner.plan(refresh.refresh()), out());
                return 0;
            }
            what.drop(workspace);
            RunOptions options =
                    new RunOptions(refresh.refresh(), hold ? RunOptions.Publish.HOLD : RunOptions.Publish.AS_DECLARED);
            RunOutcome outcome = runner.run(
                    options,
                    bytes -> Sessions.start(workspace.catalog(), workspace.settings(), "galley run " + name, bytes));
            if (json) {
                outcome.report().ifPresent(this::printJson);
            } else {
                Summary.of(outcome, name).forEach(out()::println);
            }
            out().flush();
            return outcome.exitCode();
        }
    }
}
