package dev.galley.spark.cli;

import dev.galley.command.Answer;
import dev.galley.command.ChangingVerb;
import dev.galley.command.Examples;
import dev.galley.definition.failure.ExitCode;
import dev.galley.spark.action.Diagnosis;
import dev.galley.spark.run.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code galley doctor}. */
@Command(name = "doctor", description = "Check settings, object store, catalog and what dead runs left.")
@Examples({"", "--repair"})
final class DoctorVerb extends ChangingVerb {
    @Option(names = "--repair", description = "Settle dead runs and remove what they left; safe at any time.")
    private boolean repair;

    @Mixin
    private IgnoredTables ignored = new IgnoredTables();

    @Override
    protected Answer plan() {
        try (Workspace workspace = Lakehouse.open(this)) {
            return answer(List.of(), new Diagnosis(workspace, ignored.names()));
        }
    }

    @Override
    protected Answer execute() {
        try (Workspace workspace = Lakehouse.open(this)) {
            Diagnosis diagnosis = new Diagnosis(workspace, ignored.names());
            return answer(repair ? diagnosis.repair() : List.of(), diagnosis);
        }
    }

    private Answer answer(List<String> repaired, Diagnosis diagnosis) {
        List<Diagnosis.Finding> findings = diagnosis.findings();
        List<String> lines = new ArrayList<>(repaired);
        List<Map<String, Object>> json = new ArrayList<>();
        for (Diagnosis.Finding finding : findings) {
            lines.add(finding.toString());
            name().lines(finding.next()).forEach(line -> lines.add(" ".repeat(20) + line));
            json.add(Map.of(
                    "subject", finding.subject(),
                    "healthy", finding.healthy(),
                    "detail", finding.detail(),
                    "next", finding.next().stream().map(name()::command).toList()));
        }
        return Answer.ofLines(Map.of("repaired", repaired, "findings", json), lines)
                .ending(findings.stream().allMatch(Diagnosis.Finding::healthy) ? ExitCode.DONE : ExitCode.FAILED);
    }
}
