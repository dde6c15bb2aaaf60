package dev.galley.catalog.wap;

import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.RunId;
import dev.galley.spec.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run wants published.
 *
 * @param token of the lease that the run holds on the pipeline
 * @param audited every table that the run forked
 * @param others all other tables of the pipeline: they get the tag, if they were ever published
 * @param report of the run, JSON text; in the ledger at the same instant
 */
public record PublishRequest(
        RunId run, String pipeline, long token, List<Audited> audited, List<TableName> others, String report) {
    public PublishRequest {
        audited = List.copyOf(audited);
        others = List.copyOf(others);
        Set<TableName> seen = new HashSet<>(others);
        int named = others.size() + audited.size();
        audited.forEach(table -> seen.add(table.table()));
        if (seen.size() != named) {
            throw new IllegalArgumentException("Cannot publish run " + run + ": a table is named twice");
        }
    }

    public static PublishRequest of(Lease lease, List<Audited> audited, List<TableName> others, String report) {
        return new PublishRequest(lease.run(), lease.pipeline(), lease.token(), audited, others, report);
    }
}
