package dev.galley.spark.cli;

import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.TableName;
import dev.galley.spark.action.AlterColumns;
import dev.galley.spark.run.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley alter}. */
@Command(
        name = "alter",
        description =
                "Drop published columns that a pipeline's files no longer have, or have with another type. A run refuses"
                        + " to: values are lost. Tags keep them.")
@Examples({"bookstore --dry-run", "bookstore"})
final class AlterVerb extends ChangingVerb {
    @Parameters(paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @Override
    protected Answer plan() {
        try (Workspace workspace = Lakehouse.open(this)) {
            return answer(alteration(workspace).plan());
        }
    }

    @Override
    protected Answer execute() {
        try (Workspace workspace = Lakehouse.open(this)) {
            SortedMap<TableName, List<String>> losses = alteration(workspace).execute();
            if (losses.isEmpty()) {
                return answer(losses);
            }
            List<NextStep> next = new ArrayList<>(List.of(NextStep.run(name).with("--full-refresh")));
            if (losses.keySet().stream().anyMatch(table -> table.namespace().equals("bronze"))) {
                next.add(NextStep.rollBackToEmpty(name)
                        .then(NextStep.run(name))
                        .to("What bronze has read stays without those values; to read all batches again instead"));
            }
            return answer(losses).next(next);
        }
    }

    private AlterColumns alteration(Workspace workspace) {
        return new AlterColumns(
                workspace, Lakehouse.pipeline(workspace, name), Lakehouse.session(workspace, "alter " + name, 0));
    }

    private static Answer answer(SortedMap<TableName, List<String>> losses) {
        Map<String, List<String>> json = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        losses.forEach((table, lost) -> {
            json.put(table.toString(), lost);
            lost.forEach(loss -> lines.add(table + ": " + loss));
        });
        return Answer.ofLines(
                Map.of("losses", json),
                losses.isEmpty() ? List.of("Nothing would be lost: a run makes what changes there are.") : lines);
    }
}
