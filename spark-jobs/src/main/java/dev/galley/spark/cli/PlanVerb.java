package dev.galley.spark.cli;

import dev.galley.command.Answer;
import dev.galley.command.AnsweringVerb;
import dev.galley.command.Examples;
import dev.galley.spark.plan.RunPlan;
import dev.galley.spark.run.Progress;
import dev.galley.spark.run.Runner;
import dev.galley.spark.run.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley plan}. */
@Command(name = "plan", description = "What a run would do now; writes nothing.")
@Examples({"bookstore", "bookstore --full-refresh --json"})
final class PlanVerb extends AnsweringVerb {
    @Parameters(paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @ArgGroup
    private RefreshOption refresh = new RefreshOption();

    @Override
    protected Answer answer() {
        try (Workspace workspace = Lakehouse.open(this)) {
            return answer(new Runner(workspace, Lakehouse.pipeline(workspace, name), Progress.SILENT)
                    .plan(refresh.refresh()));
        }
    }

    /** Tells a plan. */
    static Answer answer(RunPlan plan) {
        List<String> lines = new ArrayList<>();
        if (plan.nothingNew() && plan.landed()) {
            lines.add("Nothing new.");
        }
        plan.steps().forEach(step -> lines.add("%-28s %s".formatted(step.table(), step.input())));
        lines.addAll(plan.notes());
        List<Map<String, String>> steps = plan.steps().stream()
                .map(step -> Map.of("table", step.table().toString(), "input", step.input()))
                .toList();
        return Answer.ofLines(Map.of("steps", steps, "notes", plan.notes()), lines)
                .next(plan.next());
    }
}
