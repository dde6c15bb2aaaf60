package dev.galley.spark.cli;

import dev.galley.spark.action.Diagnosis;
import dev.galley.spark.run.Workspace;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code galley doctor}. */
@Command(
        name = "doctor",
        description = "Check settings, object store, catalog and what dead runs left.",
        footer = {"", "Examples:", "  galley doctor", "  galley doctor --repair"})
final class DoctorVerb extends Verb {
    @Option(names = "--repair", description = "Settle dead runs and remove what they left; safe at any time.")
    private boolean repair;

    @Mixin
    private IgnoredTables ignored = new IgnoredTables();

    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            Diagnosis diagnosis = new Diagnosis(workspace, ignored.names());
            if (repair) {
                diagnosis.repair().forEach(out()::println);
            }
            List<Diagnosis.Finding> findings = diagnosis.findings();
            findings.forEach(finding -> out().println(finding));
            out().flush();
            return findings.stream().allMatch(Diagnosis.Finding::healthy) ? 0 : 1;
        }
    }
}
