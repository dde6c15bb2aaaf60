package dev.galley.spark.run;

import dev.galley.catalog.ledger.Run;
import dev.galley.catalog.ledger.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is well and what is not with an installation. */
public final class Diagnosis {
    private final Workspace workspace;

    public Diagnosis(Workspace workspace) {
        this.workspace = workspace;
    }

    /** One thing that was looked at. */
    public record Finding(String subject, boolean healthy, String detail) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-4s %-14s %s", healthy ? "ok" : "BAD", subject, detail);
        }
    }

    /** All of them; opening the workspace has already shown that settings, catalog and object store answer. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding("java", true, Runtime.version().toString()));
        findings.add(new Finding(
                "catalog",
                true,
                workspace.settings().catalog().uri() + ", "
                        + workspace.catalog().locations().size() + " tables"));
        int objects = workspace.store().list("landing/").size();
        findings.add(new Finding(
                "object store", true, workspace.settings().store().endpoint() + ", " + objects + " landed objects"));
        pipelines().forEach(pipeline -> findings.addAll(runs(pipeline)));
        return findings;
    }

    private List<String> pipelines() {
        try (Stream<Path> folders = Files.list(workspace.settings().pipelines())) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + workspace.settings().pipelines(), e);
        }
    }

    private List<Finding> runs(String pipeline) {
        return workspace.ledger().unsettled(pipeline).stream()
                .map(run -> finding(pipeline, run))
                .toList();
    }

    private Finding finding(String pipeline, Run run) {
        boolean atWork =
                workspace.leases().holder(pipeline).map(run.id()::equals).orElse(false);
        return new Finding(
                pipeline,
                atWork || run.status() != Status.RUNNING,
                "run " + run.id() + (atWork ? " is at work" : " left branches; the next command cleans up"));
    }
}
