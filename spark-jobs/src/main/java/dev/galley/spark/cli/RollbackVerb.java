package dev.galley.spark.cli;

import static java.util.Objects.requireNonNull;

import dev.galley.catalog.run.RunId;
import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.definition.failure.NextStep;
import dev.galley.spark.action.RollBack;
import dev.galley.spark.run.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley rollback}. */
@Command(
        name = "rollback",
        description =
                "Publish an earlier state of all tables of a pipeline again, at once. The runs since keep their tags.")
@Examples({
    "bookstore --to-run 20261121T113000Z-4f3a9c --dry-run",
    "bookstore --to-time 2026-11-21T06:00:00Z",
    "bookstore --to-empty"
})
final class RollbackVerb extends ChangingVerb {
    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's name.")
    private String name = "";

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    /** The state to go back to. */
    static final class Target {
        @Option(names = "--to-run", paramLabel = "RUN", description = "As that run left it.")
        private @Nullable RunId run;

        @Option(names = "--to-time", paramLabel = "TIME", description = "As it was then, as 2026-11-21T06:00:00Z.")
        private @Nullable Instant time;

        @Option(names = "--to-empty", description = "As it was before the first run: all tables are emptied.")
        private boolean empty;

        RollBack of(Workspace workspace, String pipeline) {
            if (empty) {
                return RollBack.toEmpty(workspace, pipeline);
            }
            return run != null
                    ? RollBack.toRun(workspace, pipeline, run)
                    : RollBack.toTime(workspace, pipeline, requireNonNull(time));
        }
    }

    @Override
    protected Answer plan() {
        try (Workspace workspace = Lakehouse.open(this)) {
            return answer(target.of(workspace, name).plan());
        }
    }

    @Override
    protected Answer execute() {
        try (Workspace workspace = Lakehouse.open(this)) {
            return answer(target.of(workspace, name).execute(), name);
        }
    }

    static Answer answer(RollBack.Plan plan) {
        return Answer.ofLines(json(plan), lines(plan));
    }

    static Answer answer(RollBack.Done done, String pipeline) {
        List<String> lines = lines(done.plan());
        Map<String, Object> json = json(done.plan());
        if (done.run().isEmpty()) {
            return Answer.ofLines(json, lines);
        }
        RunId run = done.run().get().run();
        json.put("run", run.text());
        lines.add("PUBLISHED: run %s; every table tagged %s.".formatted(run, run.tag()));
        return Answer.ofLines(json, lines)
                .next(NextStep.run(pipeline).to("The next run takes all batches since that state again"));
    }

    private static Map<String, Object> json(RollBack.Plan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        plan.to().ifPresent(to -> json.put("to", to.run().text()));
        json.put(
                "tables",
                plan.steps().stream()
                        .map(step -> Map.of("table", step.table().toString(), "step", words(step)))
                        .toList());
        return json;
    }

    private static List<String> lines(RollBack.Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(plan.to()
                .map(to -> "Back to run " + to.run() + ", published " + to.at() + ":")
                .orElse("Back to before the first run:"));
        plan.steps().forEach(step -> lines.add("  %-28s %s".formatted(step.table(), words(step))));
        if (plan.changesNothing()) {
            lines.add("That is what is published now; nothing was changed.");
        }
        return lines;
    }

    private static String words(RollBack.Step step) {
        if (step instanceof RollBack.Step.Back back) {
            return "back to snapshot " + back.snapshot() + " of " + back.written();
        }
        return step instanceof RollBack.Step.Emptied ? "emptied: it was published later" : "stays";
    }
}
