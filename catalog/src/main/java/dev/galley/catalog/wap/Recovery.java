package dev.galley.catalog.wap;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Workers;
import dev.galley.catalog.ledger.Leases;
import dev.galley.catalog.ledger.Ledger;
import dev.galley.catalog.ledger.LedgerException;
import dev.galley.catalog.ledger.Run;
import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.ledger.Status;
import dev.galley.definition.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ends runs that do not publish: those whose process died, and those a person or a later run drops. The status comes
 * first, in the ledger, and forbids a publication; then the audit branches go; what a crash leaves in between the next
 * {@link #recover} finishes.
 */
public final class Recovery {
    private static final int THREADS = 8;

    private final GalleyCatalog catalog;
    private final Ledger ledger;
    private final Leases leases;
    private final Workers workers;

    public Recovery(GalleyCatalog catalog, Ledger ledger, Leases leases) {
        this(catalog, ledger, leases, THREADS);
    }

    Recovery(GalleyCatalog catalog, Ledger ledger, Leases leases, int threads) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.leases = leases;
        this.workers = new Workers(threads);
    }

    /**
     * Fails runs that are RUNNING without a process, and drops branches that ended runs left behind. BLOCKED and HELD
     * runs, and the one at work, are left alone. Every command begins with it; it may run at any time. A process that
     * merely lost its lease may go on making branches; until it is gone, each recovery drops them.
     *
     * @return the runs that it settled, as they are now, oldest first
     */
    public List<Run> recover(String pipeline) {
        List<Run> settled = new ArrayList<>();
        for (Run run : ledger.unsettled(pipeline)) {
            boolean died = run.status() == Status.RUNNING && died(run);
            if (died || run.status() != Status.RUNNING) {
                Run now = dropBranches(existing(run.id()));
                if (died || now.cleanedAt().isPresent()) {
                    settled.add(now);
                }
            }
        }
        return settled;
    }

    /** False also if the run turned out to have published just before it died. */
    private boolean died(Run run) {
        if (leases.holder(run.pipeline()).filter(run.id()::equals).isPresent()) {
            return false;
        }
        try {
            ledger.close(run.id(), Set.of(Status.RUNNING), Status.FAILED);
            return true;
        } catch (LedgerException e) {
            return false;
        }
    }

    /** Ends the caller's own run as FAILED and drops its branches. */
    public Run fail(RunId run, int exitCode, String report) {
        return dropBranches(ledger.finish(run, Status.FAILED, exitCode, report));
    }

    /**
     * Drops a BLOCKED, HELD or FAILED run. Doing so again does nothing more.
     *
     * @throws LedgerException if the run is at work, published or superseded, or there is none
     */
    public Run discard(RunId run) {
        Run now = existing(run);
        if (now.status() != Status.DISCARDED) {
            now = ledger.close(run, Set.of(Status.BLOCKED, Status.HELD, Status.FAILED), Status.DISCARDED);
        }
        return now.cleanedAt().isPresent() ? now : dropBranches(now);
    }

    /** A BLOCKED run gives way to a later one. */
    public Run supersede(RunId blocked, RunId by) {
        return dropBranches(ledger.supersede(blocked, by));
    }

    /** All audit branches on the pipeline's tables, whatever became of their runs. */
    public SortedMap<TableName, List<String>> branches(String pipeline) {
        SortedMap<TableName, List<String>> found = new TreeMap<>();
        for (TableName table : catalog.tables(pipeline)) {
            List<String> branches = catalog.load(table).refs().keySet().stream()
                    .filter(ref -> ref.startsWith(AuditBranch.PREFIX))
                    .sorted()
                    .toList();
            if (!branches.isEmpty()) {
                found.put(table, branches);
            }
        }
        return found;
    }

    private Run dropBranches(Run run) {
        AuditBranch branch = new AuditBranch(catalog, run.id());
        workers.each(catalog.tables(run.pipeline()), branch::drop);
        if (!ledger.mayStillWrite(run)) {
            ledger.cleaned(run.id());
        }
        return existing(run.id());
    }

    private Run existing(RunId run) {
        return ledger.run(run).orElseThrow(() -> new LedgerException("No run " + run + " in the ledger"));
    }
}
