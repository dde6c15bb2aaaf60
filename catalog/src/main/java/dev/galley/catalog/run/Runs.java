package dev.galley.catalog.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Parallel;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.definition.Pipeline.TagRetention;
import dev.galley.definition.table.TableName;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * All runs of a catalog's pipelines: opens new ones and those that wait for a person, and tells what became of the others. Safe
 * for threads and processes.
 */
public final class Runs {
    private static final Parallel WORKING = new Parallel(8);

    final GalleyCatalog catalog;
    final Ledger ledger;
    final Leases leases;
    final Recovery recovery;
    final Publication publication;
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();

    Runs(
            GalleyCatalog catalog,
            Clock clock,
            Function<String, Optional<TagRetention>> retention,
            Parallel working,
            Publication.Crashpoint crashpoint) {
        this.catalog = catalog;
        this.clock = clock;
        this.ledger = Ledger.open(catalog.database(), clock);
        this.leases = new Leases(catalog.database(), clock);
        this.recovery = new Recovery(catalog, ledger, leases, working);
        this.publication = new Publication(catalog, ledger, clock, retention, working, crashpoint);
    }

    /**
     * Creates the ledger's tables if they are missing.
     *
     * @param retention of a pipeline's tags, asked with each publication; empty to keep all
     */
    public static Runs open(GalleyCatalog catalog, Clock clock, Function<String, Optional<TagRetention>> retention) {
        return new Runs(catalog, clock, retention, WORKING, step -> {});
    }

    /**
     * Takes the pipeline's lease and settles what dead runs left. The caller closes it.
     *
     * @throws LeaseHeldException if another run is at work
     * @throws HeldRunException if a run waits for a person; not for {@link Kind#MAINTENANCE}, which may be done beside it
     */
    public OpenRun open(String pipeline, Kind kind) {
        return open(pipeline, kind, RunId.next(clock, random));
    }

    OpenRun open(String pipeline, Kind kind, RunId id) {
        return leased(pipeline, id, lease -> {
            List<RunRecord> settled = recovery.recover(pipeline);
            if (kind != Kind.MAINTENANCE) {
                newest(pipeline, Status.HELD).ifPresent(held -> {
                    throw new HeldRunException(held);
                });
            }
            return new OpenRun(this, lease, kind, settled);
        });
    }

    /**
     * Takes the pipeline's lease for a run of another process, which is blocked or held. The caller closes it; until it says
     * something else, the run waits on.
     *
     * @throws LeaseHeldException if another run is at work
     */
    public WaitingRun resume(RunId id) {
        String pipeline = ledger.existing(id).pipeline();
        return leased(pipeline, id, lease -> {
            recovery.recover(pipeline);
            return new WaitingRun(this, lease);
        });
    }

    private <R> R leased(String pipeline, RunId id, Function<Lease, R> opening) {
        Lease lease = leases.acquire(pipeline, id);
        try {
            return opening.apply(lease);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    public Optional<RunRecord> find(RunId run) {
        return ledger.run(run);
    }

    /** Lists a pipeline's runs, newest first. */
    public List<RunRecord> list(String pipeline, int limit) {
        return ledger.runs(pipeline, limit);
    }

    /** Lists a pipeline's runs of a status, newest first. */
    public List<RunRecord> list(String pipeline, Status status, int limit) {
        return ledger.runs(pipeline, status, limit);
    }

    /** Finds the newest run in one of these statuses. */
    public Optional<RunRecord> newest(String pipeline, Status first, Status... more) {
        return ledger.newest(pipeline, first, more);
    }

    /** Lists runs that may have left audit branches behind: still RUNNING, or final and not yet cleaned. Oldest first. */
    public List<RunRecord> unsettled(String pipeline) {
        return ledger.unsettled(pipeline);
    }

    /** Tells which run is at work now; empty if there is none, or its process is known to be dead, or its lease ran out. */
    public Optional<RunId> atWork(String pipeline) {
        return leases.holder(pipeline);
    }

    /** Tells what a run published; empty if it did not. */
    public Optional<PublishedRun> published(RunId run) {
        return ledger.published(run);
    }

    /** Lists the runs of a pipeline that published, with the instant; newest first. */
    public Map<RunId, Instant> publications(String pipeline) {
        return ledger.publications(pipeline);
    }

    /** Tells of every pipeline what it published last, up to and including this instant; of one that had not yet, nothing. */
    public List<PublishedRun> publishedAt(Instant at) {
        return ledger.publishedAt(at);
    }

    /** Finds the audit branches that are of no use any more: by table, the runs that made them. */
    public SortedMap<TableName, List<RunId>> abandonedBranches(String pipeline) {
        return recovery.abandoned(pipeline);
    }
}
