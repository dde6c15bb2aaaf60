package dev.galley.spark.action;

import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.Status;
import dev.galley.catalog.run.WaitingRun;
import dev.galley.definition.failure.UsageException;
import dev.galley.spark.run.Workspace;

/** Keeps a blocked run, with its branches, for a person: later runs wait until it is discarded or rebuilt. */
public final class HoldRun {
    private final Workspace workspace;
    private final RunId id;

    public HoldRun(Workspace workspace, RunId id) {
        this.workspace = workspace;
        this.id = id;
    }

    /**
     * Finds the run that would be held. Changes nothing.
     *
     * @throws UsageException if it is neither blocked nor held
     */
    public RunRecord plan() {
        RunRecord run = workspace.run(id);
        if (run.status() != Status.BLOCKED && run.status() != Status.HELD) {
            throw new UsageException(
                    "Cannot hold run " + id + ": it is " + run.status().text() + "; only blocked runs can be held");
        }
        return run;
    }

    /**
     * Holds it; a run that is held already stays so.
     *
     * @throws UsageException if it is neither blocked nor held
     * @throws dev.galley.catalog.run.LeaseHeldException if another run is at work
     */
    public RunRecord execute() {
        if (plan().status() == Status.BLOCKED) {
            try (WaitingRun waiting = workspace.runs().resume(id)) {
                waiting.hold();
            }
        }
        return workspace.run(id);
    }
}
