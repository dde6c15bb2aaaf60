package dev.galley.catalog.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.definition.table.TableName;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** The branch {@code audit_<run>} of the tables that a run writes. */
record AuditBranch(GalleyCatalog catalog, RunId run) {
    static final String PREFIX = "audit_";

    String name() {
        return run.branch();
    }

    /**
     * Makes the branch on {@code main}; on a table that was never published, on an empty snapshot. No expiry takes it or
     * a snapshot of it away.
     *
     * @throws IllegalArgumentException if the table has this branch
     */
    Fork fork(TableName name) {
        return catalog.change(name, table -> forked(name, table));
    }

    private Fork forked(TableName name, Table table) {
        Snapshot main = table.currentSnapshot();
        table.manageSnapshots()
                .createBranch(name())
                .setMinSnapshotsToKeep(name(), Integer.MAX_VALUE)
                .setMaxRefAgeMs(name(), Long.MAX_VALUE)
                .commit();
        table.refresh();
        // The branch, not main: main may have moved between load and commit.
        Snapshot head = table.snapshot(name());
        if (head == null) { // this run lost its lease, and who took it over dropped what it left
            throw gone("fork", name);
        }
        return new Fork(name, main == null ? null : main.snapshotId(), head.snapshotId());
    }

    /** The newest snapshot of the branch; empty if the table does not have it. */
    OptionalLong head(TableName table) {
        Snapshot head = catalog.load(table).snapshot(name());
        return head == null ? OptionalLong.empty() : OptionalLong.of(head.snapshotId());
    }

    /** The head of the branch, as what was audited. */
    RunReport.Head audited(Fork fork) {
        long head = head(fork.table()).orElseThrow(() -> gone("audit", fork.table()));
        return new RunReport.Head(fork.table(), fork.forkedAt(), head);
    }

    /** Does nothing if the table does not have the branch. */
    void drop(TableName name) {
        catalog.change(name, table -> {
            boolean there = table.refs().containsKey(name());
            if (there) {
                table.manageSnapshots().removeBranch(name()).commit();
            }
            return there;
        });
    }

    private RunException gone(String doing, TableName table) {
        return new RunException(
                "Cannot " + doing + " " + table + ": its branch " + name() + " is gone; run the pipeline again");
    }
}
