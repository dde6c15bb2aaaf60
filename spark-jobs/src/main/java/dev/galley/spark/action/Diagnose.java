package dev.galley.spark.action;

import dev.galley.catalog.CatalogEntry;
import dev.galley.catalog.NamedFiles;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.Status;
import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.table.PipelineTable;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.spark.run.ForeignChange;
import dev.galley.spark.run.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what is well and what is not with an installation. Changes no table. */
public final class Diagnose {
    private final Workspace workspace;
    private final Set<String> ignored;

    /** @param ignored tables of the catalog that nobody asks which files they name */
    public Diagnose(Workspace workspace, Set<String> ignored) {
        this.workspace = workspace;
        this.ignored = Set.copyOf(ignored);
    }

    /**
     * One thing that was looked at.
     *
     * @param next what a person may do about it
     */
    public record Finding(String subject, boolean healthy, String detail, List<NextStep> next) {
        public Finding {
            next = List.copyOf(next);
        }

        Finding(String subject, boolean healthy, String detail, NextStep... next) {
            this(subject, healthy, detail, List.of(next));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-4s %-14s %s", healthy ? "ok" : "BAD", subject, detail);
        }
    }

    /** All of them; opening the workspace has already shown that settings, catalog and object store answer. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding("java", true, Runtime.version().toString()));
        workspace.catalog().noteOwners();
        NamedFiles named = NamedFiles.read(workspace.catalog(), ignored);
        findings.addAll(catalog(named));
        int objects = workspace.store().list("landing/").size();
        findings.add(new Finding(
                "object store", true, workspace.settings().store().endpoint() + ", " + objects + " landed objects"));
        for (String pipeline : workspace.pipelines()) {
            try {
                findings.addAll(findings(pipeline, named));
            } catch (RuntimeException e) {
                findings.add(new Finding(pipeline, false, "cannot be looked at: " + e.getMessage()));
            }
        }
        return findings;
    }

    private List<Finding> catalog(NamedFiles named) {
        List<Finding> findings = new ArrayList<>();
        long foreign = workspace.catalog().everything().stream()
                .filter(entry -> entry.table().isEmpty())
                .count();
        findings.add(new Finding(
                "catalog",
                true,
                workspace.settings().catalog().uri() + ", "
                        + workspace.catalog().locations().size() + " tables"
                        + (foreign == 0
                                ? ""
                                : ", " + foreign + " more with names of other engines or that are views")));
        named.unread().forEach(line -> findings.add(new Finding("catalog", named.isComplete(), line)));
        return findings;
    }

    private List<Finding> findings(String pipeline, NamedFiles named) {
        List<Finding> findings = new ArrayList<>(runs(pipeline));
        findings.addAll(waiting(pipeline));
        unsealed(pipeline).ifPresent(findings::add);
        ForeignChange.read(workspace, pipeline)
                .forEach(change -> findings.add(new Finding(
                        pipeline,
                        false,
                        change + "; the next run that finds something new goes on from it, says so, and names it with"
                                + " its tag",
                        change.wayBack(pipeline).stream().toList())));
        OrphanFiles orphans = OrphanFiles.read(workspace, pipeline, () -> named);
        if (!orphans.isEmpty()) {
            findings.add(new Finding(
                    pipeline,
                    false,
                    orphans.toString(),
                    NextStep.diagnose().with("--repair").to("Remove them")));
        }
        Set<TableName> declared = declared(pipeline);
        orphans.shared().forEach((table, others) -> {
            // Said once, of the table that the pipeline goes on with.
            if (declared.contains(table) || others.stream().noneMatch(other -> isIn(declared, other))) {
                others.forEach(other -> findings.add(shared(pipeline, table, other, isIn(declared, other))));
            }
        });
        return findings;
    }

    private static boolean isIn(Set<TableName> declared, CatalogEntry entry) {
        return entry.table().filter(declared::contains).isPresent();
    }

    /** The tables of the pipeline's files, and their quarantines; none if the files cannot be read. */
    private Set<TableName> declared(String pipeline) {
        try {
            return read(pipeline).tables().stream()
                    .map(PipelineTable::name)
                    .flatMap(name -> Stream.of(name, name.quarantine()))
                    .collect(Collectors.toSet());
        } catch (DefinitionException e) {
            return Set.of();
        }
    }

    private static Finding shared(String pipeline, TableName table, CatalogEntry other, boolean needed) {
        String fact = "%s keeps its files in one place with %s; a repair deletes nothing there".formatted(table, other);
        if (needed) {
            return new Finding(pipeline, false, fact + "; drop one, and the next run makes it anew");
        }
        String sql = "CREATE TABLE %1$s_copy AS SELECT * FROM %1$s; DROP TABLE %1$s".formatted(other);
        return new Finding(
                pipeline,
                false,
                fact,
                NextStep.query().with("--write", "-e", sql).to("Keep what you need in a new table, then drop it"));
    }

    /** No defect: the next ingest goes on with it or leaves it. */
    private Optional<Finding> unsealed(String pipeline) {
        SortedMap<String, Long> unsealed = workspace.landing(pipeline).unsealed();
        long bytes = unsealed.values().stream().mapToLong(Long::longValue).sum();
        return unsealed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        pipeline,
                        true,
                        "%d batches begun and not sealed (%d kB), such as %s"
                                .formatted(unsealed.size(), bytes >> 10, unsealed.firstKey()),
                        NextStep.cursors(pipeline).to("Which an ingest goes on with")));
    }

    /** Of the batches that the next run takes. */
    private List<Finding> waiting(String pipeline) {
        try {
            return WaitingBatches.findings(workspace, read(pipeline));
        } catch (DefinitionException e) {
            return List.of(new Finding(pipeline, true, "cannot tell what waits", NextStep.validate(pipeline)));
        }
    }

    private Pipeline read(String pipeline) {
        return PipelineReader.readOffline(workspace.settings().pipelines().resolve(pipeline))
                .underItsName();
    }

    private List<Finding> runs(String pipeline) {
        return workspace.runs().unsettled(pipeline).stream()
                .map(run -> finding(pipeline, run))
                .toList();
    }

    private Finding finding(String pipeline, RunRecord run) {
        boolean atWork = workspace.runs().atWork(pipeline).map(run.id()::equals).orElse(false);
        return new Finding(
                pipeline,
                atWork || run.status() != Status.RUNNING,
                "run " + run.id() + (atWork ? " is at work" : " left branches; the next command cleans up"));
    }
}
