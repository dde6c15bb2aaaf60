package dev.galley.catalog.run;

import java.util.Map;

/** A run that another process left for a person, blocked or held; until it is closed no other run of its pipeline can work. */
public final class WaitingRun implements AutoCloseable {
    private final Runs runs;
    private final Lease lease;

    WaitingRun(Runs runs, Lease lease) {
        this.runs = runs;
        this.lease = lease;
    }

    /** Keeps a blocked run for a person: later runs wait until it is dropped. */
    public void hold() {
        runs.ledger.hold(lease.run());
    }

    /** Drops the run and its branches. Doing so again does nothing more. */
    public void discard() {
        runs.recovery.discard(lease.run());
    }

    /**
     * Publishes a held run, exactly as it was audited.
     *
     * @param report what the run held
     * @throws MainMovedException naming every table whose {@code main} is not where the run saw it; it stays held
     * @throws dev.galley.catalog.CatalogException as {@link OpenRun#publish(RunReport)}
     */
    public PublishedRun publish(RunReport report) {
        return runs.publication.publish(Publication.Request.of(lease, report, Map.of()));
    }

    @Override
    public void close() {
        lease.close();
    }
}
