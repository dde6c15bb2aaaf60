package dev.galley.spark.cli;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunReport;
import dev.galley.catalog.run.Status;
import dev.galley.spark.run.Summary;
import dev.galley.spark.run.Workspace;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code galley show}. */
@Command(
        name = "show",
        description = "What one run did: tables, checks, and for a blocked one what to type next.",
        footer = {"", "Example:", "  galley show 20261121T113000Z-4f3a9c"})
final class ShowVerb extends Verb {
    @Parameters(paramLabel = "RUN", description = "A run's id, see galley runs.")
    private String id = "";

    @Option(names = "--json", description = "JSON on stdout.")
    private boolean json;

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            RunId runId = new RunId(id);
            RunRecord run = workspace
                    .runs()
                    .find(runId)
                    .orElseThrow(() -> new IllegalArgumentException("No run " + id + "; see galley runs PIPELINE"));
            Optional<RunReport> report = run.report();
            if (json) {
                report.ifPresent(this::printJson);
                return 0;
            }
            out().printf(
                            "Run %s of %s: %s, started %s%s%n%n",
                            run.id(),
                            run.pipeline(),
                            run.status().name().toLowerCase(Locale.ROOT),
                            run.startedAt(),
                            run.endedAt().map(end -> ", ended " + end).orElse(""));
            report.ifPresent(r -> {
                Summary.of(r).forEach(out()::println);
                if (run.status() == Status.BLOCKED) {
                    Summary.blocked(r).forEach(out()::println);
                }
            });
            out().flush();
            return 0;
        }
    }
}
