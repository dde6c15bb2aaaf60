package dev.galley.spark.action;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.catalog.run.Status;
import dev.galley.catalog.run.WaitingRun;
import dev.galley.definition.failure.UsageException;
import dev.galley.spark.run.Workspace;

/** Drops a run so that the next one takes its batches again, on what {@code main} is then. */
public final class RebuildRun {
    private final Workspace workspace;
    private final RunId id;

    public RebuildRun(Workspace workspace, RunId id) {
        this.workspace = workspace;
        this.id = id;
    }

    /**
     * Finds the run that would be dropped. Changes nothing.
     *
     * @throws UsageException if there is no such run, or it is published or at work
     */
    public RunRecord plan() {
        RunRecord run = workspace.run(id);
        if (run.kind() != Kind.RUN) {
            throw new UsageException(
                    "Cannot rebuild run " + id + ": it is a " + run.kind().text());
        }
        if (run.status() == Status.PUBLISHED || run.status() == Status.RUNNING) {
            throw new UsageException(
                    "Cannot rebuild run " + id + ": it is " + run.status().text());
        }
        return run;
    }

    /** Drops it, if there is still something to drop. */
    public RunRecord execute() {
        if (!plan().status().isFinal()) {
            try (WaitingRun waiting = workspace.runs().resume(id)) {
                waiting.discard();
            }
        }
        return workspace.run(id);
    }
}
