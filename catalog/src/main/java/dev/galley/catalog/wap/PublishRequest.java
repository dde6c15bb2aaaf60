package dev.galley.catalog.wap;

import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.RunId;
import dev.galley.definition.table.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run wants published.
 *
 * @param token of the lease that the run holds on the pipeline
 * @param audited every table that the run forked
 * @param restored tables that go back to an earlier state
 * @param unmoved of the other tables those that must stand as the run saw them
 * @param others all other tables of the pipeline: they get the tag, if they were ever published
 * @param expired runs whose tags go from all these tables, where they have them
 * @param report of the run, JSON text; in the ledger at the same instant
 */
public record PublishRequest(
        RunId run,
        String pipeline,
        long token,
        List<Audited> audited,
        List<Restored> restored,
        List<TableName> others,
        List<Unmoved> unmoved,
        List<RunId> expired,
        String report) {
    public PublishRequest {
        audited = List.copyOf(audited);
        restored = List.copyOf(restored);
        others = List.copyOf(others);
        unmoved = List.copyOf(unmoved);
        expired = List.copyOf(expired);
        Set<TableName> seen = new HashSet<>(others);
        int named = others.size() + audited.size() + restored.size();
        audited.forEach(table -> seen.add(table.table()));
        restored.forEach(table -> seen.add(table.table()));
        if (seen.size() != named) {
            throw new IllegalArgumentException("Cannot publish run " + run + ": a table is named twice");
        }
    }

    public static PublishRequest of(Lease lease, List<Audited> audited, List<TableName> others, String report) {
        return new PublishRequest(
                lease.run(), lease.pipeline(), lease.token(), audited, List.of(), others, List.of(), List.of(), report);
    }

    /** The same with tables that go back. */
    public PublishRequest restoring(List<Restored> tables) {
        return new PublishRequest(run, pipeline, token, audited, tables, others, unmoved, expired, report);
    }

    /** The same, if these stand as the run saw them; what is not among {@link #others} any more has moved. */
    public PublishRequest seeing(List<Unmoved> tables) {
        return new PublishRequest(run, pipeline, token, audited, restored, others, tables, expired, report);
    }

    /** The same, without the tags of these runs. */
    public PublishRequest expiring(List<RunId> runs) {
        return new PublishRequest(run, pipeline, token, audited, restored, others, unmoved, runs, report);
    }
}
