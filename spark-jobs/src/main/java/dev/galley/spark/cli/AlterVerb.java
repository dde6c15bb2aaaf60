package dev.galley.spark.cli;

import dev.galley.definition.Pipeline;
import dev.galley.definition.table.TableName;
import dev.galley.spark.action.Alteration;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.session.Sessions;
import java.util.List;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley alter}. */
@Command(
        name = "alter",
        description =
                "Drop published columns that a pipeline's files no longer have, or have with another type. A run refuses"
                        + " to: values are lost. Tags keep them.",
        footer = {"", "Examples:", "  galley alter bookstore --dry-run", "  galley alter bookstore"})
final class AlterVerb extends Verb {
    @Parameters(paramLabel = "PIPELINE", description = "A folder of data/pipelines.")
    private String name = "";

    @Option(names = "--dry-run", description = "Print what would be lost and stop.")
    private boolean dryRun;

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            Pipeline pipeline = pipeline(workspace.settings(), name);
            Alteration alteration = new Alteration(
                    workspace,
                    pipeline,
                    Sessions.start(workspace.catalog(), workspace.settings(), "galley alter " + name, 0));
            SortedMap<TableName, List<String>> losses = alteration.losses();
            losses.forEach((table, lost) -> lost.forEach(loss -> out().println(table + ": " + loss)));
            if (losses.isEmpty()) {
                out().println("Nothing would be lost: a run makes what changes there are.");
            } else if (dryRun) {
                out().println("Nothing was changed: --dry-run.");
            } else {
                alteration.apply();
                out().println("Next: bin/galley run " + name + " --full-refresh");
                if (losses.keySet().stream().anyMatch(table -> table.namespace().equals("bronze"))) {
                    out().println(
                                    "What bronze has read stays without those values; to read all batches again instead:");
                    out().println("  bin/galley rollback " + name + " --to-empty && bin/galley run " + name);
                }
            }
            out().flush();
            return 0;
        }
    }
}
