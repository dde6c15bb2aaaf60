package dev.galley.spark.cli;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.command.Answer;
import dev.galley.command.AnsweringVerb;
import dev.galley.command.Examples;
import dev.galley.spark.run.Workspace;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code galley show}. */
@Command(name = "show", description = "What one run did: tables, checks, and for a blocked one what to type next.")
@Examples("20261121T113000Z-4f3a9c")
final class ShowVerb extends AnsweringVerb {
    @Parameters(paramLabel = "RUN", description = "A run's id, see runs PIPELINE.")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private RunId id;

    @Override
    protected Answer answer() {
        try (Workspace workspace = Lakehouse.open(this)) {
            RunRecord run = workspace.run(id);
            RunReport report = run.report().orElse(RunReport.of(id, run.pipeline(), List.of()));
            String status = run.status().text();
            List<String> lines = new ArrayList<>(List.of(
                    "Run %s of %s: %s, started %s%s"
                            .formatted(
                                    id,
                                    run.pipeline(),
                                    status,
                                    run.startedAt(),
                                    run.endedAt().map(end -> ", ended " + end).orElse("")),
                    ""));
            if (run.report().isPresent()) {
                lines.addAll(RunText.of(report, name()));
            }
            if (run.status() == Status.BLOCKED) {
                lines.addAll(BlockedText.of(report, name()));
            }
            return Answer.ofLines(ReportJson.of(report, status), lines);
        }
    }
}
