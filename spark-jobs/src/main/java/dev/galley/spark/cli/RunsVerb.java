package dev.galley.spark.cli;

import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.Status;
import dev.galley.spark.run.Workspace;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley runs}. */
@Command(
        name = "runs",
        description = "The runs of a pipeline, newest first.",
        footer = {"", "Examples:", "  galley runs bookstore", "  galley runs bookstore --status blocked --ids"})
final class RunsVerb extends Verb {
    @Parameters(paramLabel = "PIPELINE", description = "The pipeline's name.")
    private String name = "";

    @Option(names = "--status", description = "Only runs of this status: ${COMPLETION-CANDIDATES}.")
    private @Nullable Status status;

    @Option(names = "--limit", defaultValue = "20", description = "At most so many (default ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--ids", description = "Print run ids only.")
    private boolean ids;

    @Option(names = "--json", description = "JSON on stdout.")
    private boolean json;

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            List<RunRecord> runs = status == null
                    ? workspace.runs().list(name, limit)
                    : workspace.runs().list(name, status, limit);
            if (json) {
                printJson(runs.stream().map(RunsVerb::row).toList());
            } else if (ids) {
                runs.forEach(run -> out().println(run.id()));
            } else {
                runs.forEach(run -> out().printf(
                                "%s  %-10s  %s%n",
                                run.id(), run.status().name().toLowerCase(Locale.ROOT), run.startedAt()));
            }
            out().flush();
            return 0;
        }
    }

    private static Map<String, String> row(RunRecord run) {
        return Map.of(
                "run",
                run.id().text(),
                "status",
                run.status().name(),
                "kind",
                run.kind().text(),
                "started_at",
                run.startedAt().toString());
    }
}
