package dev.galley.spark.cli;

import static java.util.Objects.requireNonNull;

import dev.galley.catalog.run.RunId;
import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.spark.action.RebuildRun;
import dev.galley.spark.run.RunOptions;
import dev.galley.spark.run.RunOutcome;
import dev.galley.spark.run.Runner;
import dev.galley.spark.run.Workspace;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley run}. */
@Command(name = "run", description = "Write what is new on audit branches, audit it, publish all tables at once.")
@Examples({"bookstore", "bookstore --full-refresh --no-publish", "--rebuild 20261121T113000Z-4f3a9c"})
final class RunVerb extends ChangingVerb {
    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @ArgGroup
    private RefreshOption refresh = new RefreshOption();

    @Option(names = "--no-publish", description = "Stop after the audit and hold the run (exit code 5).")
    private boolean hold;

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
        private @Nullable RunId run;

        String name(Workspace workspace) {
            return pipeline != null
                    ? pipeline
                    : new RebuildRun(workspace, requireNonNull(run)).plan().pipeline();
        }

        void drop(Workspace workspace) {
            if (run != null) {
                new RebuildRun(workspace, run).execute();
            }
        }
    }

    @Override
    protected OptionalInt elsewhere() {
        if (isDryRun()) {
            return OptionalInt.empty();
        }
        return Lakehouse.largeJvm(this).read(() -> {
            try (Workspace workspace = Lakehouse.open(this)) {
                return runner(workspace).inputBytes(refresh.refresh());
            }
        });
    }

    @Override
    protected Answer plan() {
        try (Workspace workspace = Lakehouse.open(this)) {
            return PlanVerb.answer(runner(workspace).plan(refresh.refresh()));
        }
    }

    @Override
    protected Answer execute() {
        try (Workspace workspace = Lakehouse.open(this)) {
            String name = what.name(workspace);
            Runner runner = runner(workspace, name);
            what.drop(workspace);
            RunOptions options =
                    new RunOptions(refresh.refresh(), hold ? RunOptions.Publish.HOLD : RunOptions.Publish.AS_DECLARED);
            RunOutcome outcome = runner.run(options, bytes -> Lakehouse.session(workspace, "run " + name, bytes));
            return RunText.answer(outcome, name, name());
        }
    }

    private Runner runner(Workspace workspace) {
        return runner(workspace, what.name(workspace));
    }

    private Runner runner(Workspace workspace, String pipeline) {
        return new Runner(workspace, Lakehouse.pipeline(workspace, pipeline), new Narration(name(), this::say));
    }
}
