package dev.galley.catalog.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Parallel;
import dev.galley.definition.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends runs that do not publish: those whose process died, and those a person or a later run drops. The status comes
 * first, in the ledger, and forbids a publication; then the audit branches go; what a crash leaves in between the next
 * {@link #recover} finishes.
 */
final class Recovery {
    private final GalleyCatalog catalog;
    private final Ledger ledger;
    private final Leases leases;
    private final Parallel dropping;

    Recovery(GalleyCatalog catalog, Ledger ledger, Leases leases, Parallel dropping) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.leases = leases;
        this.dropping = dropping;
    }

    /**
     * Fails runs that are RUNNING without a process, and drops branches that ended runs left behind. BLOCKED and HELD
     * runs, and the one at work, are left alone. Every command begins with it; it may run at any time. A process that
     * merely lost its lease may go on making branches; until it is gone, each recovery drops them.
     *
     * @return the runs that it settled, as they are now, oldest first
     */
    List<RunRecord> recover(String pipeline) {
        List<RunRecord> settled = new ArrayList<>();
        for (RunRecord run : ledger.unsettled(pipeline)) {
            boolean died = run.status() == Status.RUNNING && died(run);
            if (died || run.status() != Status.RUNNING) {
                RunRecord now = dropBranches(ledger.existing(run.id()));
                if (died || now.cleanedAt().isPresent()) {
                    settled.add(now);
                }
            }
        }
        return settled;
    }

    /** False also if the run turned out to have published just before it died. */
    private boolean died(RunRecord run) {
        if (leases.holder(run.pipeline()).filter(run.id()::equals).isPresent()) {
            return false;
        }
        try {
            ledger.close(run.id(), Set.of(Status.RUNNING), Status.FAILED);
            return true;
        } catch (RunException e) {
            return false;
        }
    }

    /** Ends the caller's own run as FAILED and drops its branches. */
    RunRecord fail(RunId run, int exitCode, String report) {
        return dropBranches(ledger.finish(run, Status.FAILED, exitCode, report));
    }

    /**
     * Drops a BLOCKED, HELD or FAILED run. Doing so again does nothing more.
     *
     * @throws RunException if the run is at work, published or superseded, or there is none
     */
    RunRecord discard(RunId run) {
        RunRecord now = ledger.existing(run);
        if (now.status() != Status.DISCARDED) {
            now = ledger.close(run, Set.of(Status.BLOCKED, Status.HELD, Status.FAILED), Status.DISCARDED);
        }
        return now.cleanedAt().isPresent() ? now : dropBranches(now);
    }

    /** A BLOCKED run gives way to a later one. */
    RunRecord supersede(RunId blocked, RunId by) {
        return dropBranches(ledger.supersede(blocked, by));
    }

    /** All audit branches on the pipeline's tables, whatever became of their runs. */
    SortedMap<TableName, List<String>> branches(String pipeline) {
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

    /** Of these branches the ones whose run has ended, or is in no ledger, and is not at work. */
    SortedMap<TableName, List<RunId>> abandoned(String pipeline) {
        Set<String> inUse = Stream.of(Status.RUNNING, Status.BLOCKED, Status.HELD)
                .flatMap(status -> ledger.all(pipeline, status).stream())
                .map(run -> run.id().branch())
                .collect(Collectors.toSet());
        SortedMap<TableName, List<RunId>> abandoned = new TreeMap<>();
        branches(pipeline).forEach((table, branches) -> {
            List<RunId> dead = branches.stream()
                    .filter(branch -> !inUse.contains(branch))
                    .map(branch -> new RunId(branch.substring(AuditBranch.PREFIX.length())))
                    .toList();
            if (!dead.isEmpty()) {
                abandoned.put(table, dead);
            }
        });
        return abandoned;
    }

    private RunRecord dropBranches(RunRecord run) {
        AuditBranch branch = new AuditBranch(catalog, run.id());
        dropping.each(catalog.tables(run.pipeline()), branch::drop);
        if (!ledger.mayStillWrite(run)) {
            ledger.cleaned(run.id());
        }
        return ledger.existing(run.id());
    }
}
