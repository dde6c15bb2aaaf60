package dev.galley.spark.action;

import dev.galley.catalog.NamedFiles;
import dev.galley.catalog.run.LeaseHeldException;
import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.spark.run.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settles the dead runs of every pipeline without a run at work, and removes what they left. */
public final class RemoveOrphans {
    private final Workspace workspace;
    private final Set<String> ignored;

    /** @param ignored tables of the catalog that nobody asks which files they name */
    public RemoveOrphans(Workspace workspace, Set<String> ignored) {
        this.workspace = workspace;
        this.ignored = Set.copyOf(ignored);
    }

    /**
     * A pipeline in need.
     *
     * @param settled how many of its runs are not settled, though no process is at them
     * @param orphans what they and others left; empty if a run is at work, which comes first
     */
    public record InNeed(String pipeline, int settled, Optional<OrphanFiles> orphans) {}

    /** Tells which pipelines are in need, as far as can be told now; changes nothing. */
    public List<InNeed> plan() {
        List<InNeed> inNeed = new ArrayList<>();
        for (String pipeline : workspace.pipelines()) {
            Optional<RunId> atWork = workspace.runs().atWork(pipeline);
            if (atWork.isPresent()) {
                inNeed.add(new InNeed(pipeline, 0, Optional.empty()));
            } else {
                add(inNeed, pipeline, workspace.runs().unsettled(pipeline).size(), orphans(pipeline));
            }
        }
        return inNeed;
    }

    /** Does it, pipeline by pipeline, and tells which were in need. What is gone meanwhile is no error. */
    public List<InNeed> execute() {
        List<InNeed> inNeed = new ArrayList<>();
        for (String pipeline : workspace.pipelines()) {
            try (OpenRun run = workspace.runs().open(pipeline, Kind.MAINTENANCE)) {
                OrphanFiles orphans = orphans(pipeline);
                orphans.remove(workspace, run);
                add(inNeed, pipeline, run.settled().size(), orphans);
            } catch (LeaseHeldException e) {
                inNeed.add(new InNeed(pipeline, 0, Optional.empty()));
            }
        }
        return inNeed;
    }

    private OrphanFiles orphans(String pipeline) {
        return OrphanFiles.read(workspace, pipeline, () -> NamedFiles.read(workspace.catalog(), ignored));
    }

    private static void add(List<InNeed> inNeed, String pipeline, int settled, OrphanFiles orphans) {
        if (settled > 0 || !orphans.isEmpty()) {
            inNeed.add(new InNeed(pipeline, settled, Optional.of(orphans)));
        }
    }
}
