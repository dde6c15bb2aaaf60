package dev.galley.spark.cli;

import static java.util.Objects.requireNonNull;

import dev.galley.catalog.ledger.Published;
import dev.galley.catalog.ledger.RunId;
import dev.galley.spark.action.Rollback;
import dev.galley.spark.run.Workspace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley rollback}. */
@Command(
        name = "rollback",
        description =
                "Publish an earlier state of all tables of a pipeline again, at once. The runs since keep their tags.",
        footer = {
            "",
            "Examples:",
            "  galley rollback bookstore --to-run 20261121T113000Z-4f3a9c --dry-run",
            "  galley rollback bookstore --to-time 2026-11-21T06:00:00Z",
            "  galley rollback bookstore --to-empty",
        })
final class RollbackVerb extends Verb {
    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's name.")
    private String name = "";

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Option(names = "--dry-run", description = "Print what would be done and stop.")
    private boolean dryRun;

    /** The state to go back to. */
    static final class Target {
        @Option(names = "--to-run", paramLabel = "RUN", description = "As that run left it.")
        private @Nullable String run;

        @Option(names = "--to-time", paramLabel = "TIME", description = "As it was then, as 2026-11-21T06:00:00Z.")
        private @Nullable Instant time;

        @Option(names = "--to-empty", description = "As it was before the first run: all tables are emptied.")
        private boolean empty;

        Rollback.Plan plan(Rollback rollback) {
            if (empty) {
                return rollback.toEmpty();
            }
            return run != null ? rollback.toRun(new RunId(run)) : rollback.toTime(requireNonNull(time));
        }
    }

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            Rollback rollback = new Rollback(workspace, name);
            Rollback.Plan plan = target.plan(rollback);
            out().println(plan.to()
                    .map(to -> "Back to run " + to.run() + ", published " + to.at() + ":")
                    .orElse("Back to before the first run:"));
            plan.steps().forEach(step -> out().printf("  %-28s %s%n", step.table(), words(step)));
            if (plan.changesNothing()) {
                out().println("That is what is published now; nothing was changed.");
            } else if (dryRun) {
                out().println("Nothing was changed: --dry-run.");
            } else {
                Published published = rollback.execute(plan);
                out().printf(
                                "PUBLISHED: run %s; every table tagged %s.%n",
                                published.run(), published.run().tag());
                out().println("The next run takes all batches since that state again: bin/galley run " + name);
            }
            out().flush();
            return 0;
        }
    }

    private static String words(Rollback.Step step) {
        if (step instanceof Rollback.Step.Back back) {
            return "back to snapshot " + back.snapshot() + " of " + back.written();
        }
        return step instanceof Rollback.Step.Emptied ? "emptied: it was published later" : "stays";
    }
}
