package dev.galley.spark.cli;

import dev.galley.catalog.run.RunId;
import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.definition.failure.NextStep;
import dev.galley.spark.action.HoldRun;
import dev.galley.spark.run.Workspace;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley hold}. */
@Command(
        name = "hold",
        description = "Keep a blocked run for a look: later runs wait until it is discarded or rebuilt.")
@Examples("20261121T113000Z-4f3a9c")
final class HoldVerb extends ChangingVerb {
    @Parameters(paramLabel = "RUN", description = "A run's id, see runs PIPELINE --status blocked.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private RunId run;

    @Override
    protected Answer plan() {
        try (Workspace workspace = Lakehouse.open(this)) {
            new HoldRun(workspace, run).plan();
            return Answer.ofLines(Map.of("run", run.text()), List.of("Would hold run " + run + "."));
        }
    }

    @Override
    protected Answer execute() {
        try (Workspace workspace = Lakehouse.open(this)) {
            new HoldRun(workspace, run).execute();
            return Answer.ofLines(Map.of("run", run.text()), List.of("Held run " + run + "; later runs wait."))
                    .next(NextStep.query(run), NextStep.rebuild(run).to("Then"), NextStep.discard(run));
        }
    }
}
