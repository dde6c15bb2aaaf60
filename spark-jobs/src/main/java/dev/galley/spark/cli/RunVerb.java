package dev.galley.spark.cli;

import dev.galley.spark.plan.Planner.Refresh;
import dev.galley.spark.run.RunOptions;
import dev.galley.spark.run.RunOutcome;
import dev.galley.spark.run.Runner;
import dev.galley.spark.run.Sessions;
import dev.galley.spark.run.Summary;
import dev.galley.spark.run.Workspace;
import dev.galley.spec.Pipeline;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley run}. */
@Command(
        name = "run",
        description = "Write what is new on audit branches, audit it, publish all tables at once.",
        footer = {"", "Examples:", "  galley run bookstore", "  galley run bookstore --full-refresh --no-publish"})
final class RunVerb extends Verb {
    @Parameters(paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @ArgGroup
    private RefreshOption refresh = new RefreshOption();

    @Option(names = "--no-publish", description = "Stop after the audit and hold the run (exit code 5).")
    private boolean hold;

    @Option(names = "--dry-run", description = "Print the plan and stop.")
    private boolean dryRun;

    @Option(names = "--json", description = "The report as JSON on stdout.")
    private boolean json;

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
            Pipeline pipeline = pipeline(workspace.settings(), name);
            Runner runner = new Runner(workspace, pipeline, narrator());
            if (dryRun) {
                PlanVerb.print(runner.plan(refresh.refresh()), out());
                return 0;
            }
            RunOptions options =
                    new RunOptions(refresh.refresh(), hold ? RunOptions.Publish.HOLD : RunOptions.Publish.AS_DECLARED);
            RunOutcome outcome = runner.run(options, bytes -> Sessions.start(workspace, "galley run " + name, bytes));
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
