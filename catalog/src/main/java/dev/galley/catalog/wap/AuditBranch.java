package dev.galley.catalog.wap;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.ledger.RunId;
import dev.galley.definition.table.TableName;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;

/** The branch {@code audit_<run>} of the tables that a run writes. */
public record AuditBranch(GalleyCatalog catalog, RunId run) {
    static final String PREFIX = "audit_";

    private static final int ATTEMPTS = 6;

    /**
     * The branch of that name.
     *
     * @throws IllegalArgumentException if it is no audit branch's
     */
    public static AuditBranch named(GalleyCatalog catalog, String name) {
        if (!name.startsWith(PREFIX)) {
            throw new IllegalArgumentException("Not an audit branch: " + name);
        }
        return new AuditBranch(catalog, new RunId(name.substring(PREFIX.length())));
    }

    public String name() {
        return run.branch();
    }

    /**
     * Makes the branch on {@code main}; on a table that was never published, on an empty snapshot. No expiry takes it or
     * a snapshot of it away.
     *
     * @throws IllegalArgumentException if the table has this branch
     */
    public Fork fork(TableName table) {
        for (int attempt = 1; ; attempt++) {
            try {
                return forked(table);
            } catch (CommitFailedException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Fork forked(TableName name) {
        Table table = catalog.load(name);
        Snapshot main = table.currentSnapshot();
        table.manageSnapshots()
                .createBranch(name())
                .setMinSnapshotsToKeep(name(), Integer.MAX_VALUE)
                .setMaxRefAgeMs(name(), Long.MAX_VALUE)
                .commit();
        table.refresh();
        // The branch, not main: main may have moved between load and commit.
        Snapshot head = table.snapshot(name());
        OptionalLong forkedAt = main == null ? OptionalLong.empty() : OptionalLong.of(main.snapshotId());
        return new Fork(name, forkedAt, head.snapshotId());
    }

    /** The newest snapshot of the branch; empty if the table does not have it. */
    public OptionalLong head(TableName table) {
        Snapshot head = catalog.load(table).snapshot(name());
        return head == null ? OptionalLong.empty() : OptionalLong.of(head.snapshotId());
    }

    /** The head of the branch, as what was audited. */
    public Audited audited(Fork fork) {
        long head = head(fork.table())
                .orElseThrow(() -> new PublishException("Cannot audit " + fork.table() + ": its branch " + name()
                        + " is gone; run the pipeline again"));
        return new Audited(fork.table(), fork.forkedAt(), head);
    }

    /** Does nothing if the table does not have the branch. */
    public void drop(TableName name) {
        for (int attempt = 1; ; attempt++) {
            Table table = catalog.load(name);
            if (!table.refs().containsKey(name())) {
                return;
            }
            try {
                table.manageSnapshots().removeBranch(name()).commit();
                return;
            } catch (CommitFailedException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
