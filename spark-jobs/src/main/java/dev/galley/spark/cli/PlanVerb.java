package dev.galley.spark.cli;

import dev.galley.definition.Pipeline;
import dev.galley.spark.plan.RunPlan;
import dev.galley.spark.plan.Step;
import dev.galley.spark.run.Narrator;
import dev.galley.spark.run.Runner;
import dev.galley.spark.run.Workspace;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley plan}. */
@Command(
        name = "plan",
        description = "What a run would do now; writes nothing.",
        footer = {"", "Examples:", "  galley plan bookstore", "  galley plan bookstore --full-refresh --json"})
final class PlanVerb extends Verb {
    @Parameters(paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @ArgGroup
    private RunVerb.RefreshOption refresh = new RunVerb.RefreshOption();

    @Option(names = "--json", description = "The plan as JSON on stdout.")
    private boolean json;

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            Pipeline pipeline = pipeline(workspace.settings(), name);
            RunPlan plan = new Runner(workspace, pipeline, Narrator.SILENT).plan(refresh.refresh());
            if (json) {
                printJson(steps(plan));
            } else {
                print(plan, out());
            }
            return 0;
        }
    }

    static void print(RunPlan plan, PrintWriter out) {
        if (plan.nothingNew() && plan.landed()) {
            out.println("Nothing new.");
        }
        for (Step step : plan.steps()) {
            out.printf("%-28s %s%n", step.table(), step.input());
        }
        plan.notes().forEach(out::println);
        out.flush();
    }

    private static List<Map<String, String>> steps(RunPlan plan) {
        return plan.steps().stream()
                .map(step -> Map.of("table", step.table().toString(), "input", step.input()))
                .toList();
    }
}
