package dev.galley.spark.cli;

import dev.galley.spark.run.Diagnosis;
import dev.galley.spark.run.Workspace;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code galley doctor}. */
@Command(
        name = "doctor",
        description = "Check settings, object store, catalog and what dead runs left.",
        footer = {"", "Example:", "  galley doctor"})
final class DoctorVerb extends Verb {
    @Override
    public Integer call() {
        try (Workspace workspace = workspace()) {
            List<Diagnosis.Finding> findings = new Diagnosis(workspace).findings();
            findings.forEach(finding -> out().println(finding));
            out().flush();
            return findings.stream().allMatch(Diagnosis.Finding::healthy) ? 0 : 1;
        }
    }
}
