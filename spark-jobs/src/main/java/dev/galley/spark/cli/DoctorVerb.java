package dev.galley.spark.cli;

import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.definition.failure.ExitCode;
import dev.galley.spark.action.Diagnose;
import dev.galley.spark.action.RemoveOrphans;
import dev.galley.spark.run.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code galley doctor}. */
@Command(name = "doctor", description = "Check settings, object store, catalog and what dead runs left.")
@Examples({"", "--repair --dry-run", "--repair"})
final class DoctorVerb extends ChangingVerb {
    @Option(names = "--repair", description = "Settle dead runs and remove what they left; safe at any time.")
    private boolean repair;

    @Mixin
    private IgnoredTables ignored = new IgnoredTables();

    @Override
    protected Answer plan() {
        try (Workspace workspace = Lakehouse.open(this)) {
            return answer(workspace, repair ? orphans(workspace).plan() : List.of());
        }
    }

    @Override
    protected Answer execute() {
        try (Workspace workspace = Lakehouse.open(this)) {
            return answer(workspace, repair ? orphans(workspace).execute() : List.of());
        }
    }

    private RemoveOrphans orphans(Workspace workspace) {
        return new RemoveOrphans(workspace, ignored.names());
    }

    private Answer answer(Workspace workspace, List<RemoveOrphans.InNeed> repaired) {
        List<Diagnose.Finding> findings = new Diagnose(workspace, ignored.names()).findings();
        List<String> lines = new ArrayList<>();
        repaired.forEach(pipeline -> lines.add(line(pipeline)));
        for (Diagnose.Finding finding : findings) {
            lines.add(finding.toString());
            name().lines(finding.next()).forEach(line -> lines.add(" ".repeat(20) + line));
        }
        return Answer.ofLines(
                        Map.of(
                                "repaired",
                                        repaired.stream().map(DoctorVerb::json).toList(),
                                "findings", findings.stream().map(this::json).toList()),
                        lines)
                .ending(findings.stream().allMatch(Diagnose.Finding::healthy) ? ExitCode.DONE : ExitCode.FAILED);
    }

    private String line(RemoveOrphans.InNeed inNeed) {
        return inNeed.pipeline()
                + inNeed.orphans()
                        .map(orphans -> (isDryRun()
                                        ? ": would settle %d runs, remove %s"
                                        : ": settled %d runs, removed %s")
                                .formatted(inNeed.settled(), orphans))
                        .orElse(": left alone, a run is at work");
    }

    private static Map<String, Object> json(RemoveOrphans.InNeed inNeed) {
        return Map.of(
                "pipeline", inNeed.pipeline(),
                "at_work", inNeed.orphans().isEmpty(),
                "runs", inNeed.settled(),
                "tables",
                        inNeed.orphans()
                                .map(orphans -> orphans.branches().size())
                                .orElse(0),
                "files", inNeed.orphans().map(orphans -> orphans.files().size()).orElse(0));
    }

    private Map<String, Object> json(Diagnose.Finding finding) {
        return Map.of(
                "subject", finding.subject(),
                "healthy", finding.healthy(),
                "detail", finding.detail(),
                "next", finding.next().stream().map(name()::command).toList());
    }
}
