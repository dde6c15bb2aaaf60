package dev.galley.spark.cli;

import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.Status;
import dev.galley.command.Answer;
import dev.galley.command.AnsweringVerb;
import dev.galley.command.Examples;
import dev.galley.spark.run.Workspace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley runs}. */
@Command(name = "runs", description = "The runs of a pipeline, newest first.")
@Examples({"bookstore", "bookstore --status blocked --ids"})
final class RunsVerb extends AnsweringVerb {
    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's name.")
    private String name = "";

    @Option(names = "--status", description = "Only runs of this status: ${COMPLETION-CANDIDATES}.")
    private @Nullable Status status;

    @Option(names = "--limit", defaultValue = "20", description = "At most so many (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--ids", description = "Print run ids only.")
    private boolean ids;

    @Override
    protected Answer answer() {
        try (Workspace workspace = Lakehouse.openLedger(this)) {
            List<RunRecord> runs = status == null
                    ? workspace.runs().list(name, limit)
                    : workspace.runs().list(name, status, limit);
            return Answer.ofLines(
                    Map.of("runs", runs.stream().map(RunsVerb::json).toList()),
                    runs.stream().map(run -> ids ? run.id().text() : line(run)).toList());
        }
    }

    private static String line(RunRecord run) {
        return "%s  %-10s  %s".formatted(run.id(), run.status().text(), run.startedAt());
    }

    private static Map<String, Object> json(RunRecord run) {
        return Map.of(
                "run",
                run.id().text(),
                "status",
                run.status().text(),
                "kind",
                run.kind().text(),
                "started_at",
                run.startedAt());
    }
}
