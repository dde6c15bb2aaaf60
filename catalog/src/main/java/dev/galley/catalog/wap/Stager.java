package dev.galley.catalog.wap;

import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.ledger.RunTable;
import dev.galley.catalog.ledger.RunTable.Change;
import dev.galley.definition.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/** Writes the metadata that a table has after the publication: main moved, tag set, audit branch gone. */
record Stager(RunId run, List<RunId> expired, FileIO io) {
    /**
     * A table of the run: {@code main} goes to what was audited, or stays if nothing was written.
     *
     * @throws MainMovedException if {@code main} is not where the run forked
     * @throws PublishException if the audit branch is gone or is not what was audited
     */
    Staged moved(Audited audited, String from) {
        TableName table = audited.table();
        StagedOperations operations = new StagedOperations(table, io, from);
        TableMetadata base = operations.current();
        SnapshotRef main = base.ref(SnapshotRef.MAIN_BRANCH);
        check(audited, base);
        return staged(operations, main, audited.snapshotId());
    }

    /**
     * A table whose {@code main} goes back, or to where an earlier {@code main} was.
     *
     * @throws PublishException if the snapshot has expired
     */
    Staged restored(Restored restored, String from) {
        StagedOperations operations = new StagedOperations(restored.table(), io, from);
        TableMetadata base = operations.current();
        if (base.snapshot(restored.snapshotId()) == null) {
            throw new PublishException("Cannot publish run " + run + ": snapshot " + restored.snapshotId() + " of "
                    + restored.table() + " has expired; choose a run that the table still has a tag of");
        }
        return staged(operations, base.ref(SnapshotRef.MAIN_BRANCH), restored.snapshotId());
    }

    /**
     * Empty if the table was never published: there is nothing to name.
     *
     * @param seen what the run saw of it; null if that does not matter
     * @throws MainMovedException if it shows other rows now
     */
    Optional<Staged> tagged(TableName table, String from, @Nullable Unmoved seen) {
        StagedOperations operations = new StagedOperations(table, io, from);
        TableMetadata base = operations.current();
        SnapshotRef main = base.ref(SnapshotRef.MAIN_BRANCH);
        if (seen != null && !showsTheSame(base, main, seen.main())) {
            throw new MainMovedException(run, List.of(table));
        }
        if (main == null) {
            return Optional.empty();
        }
        return Optional.of(staged(operations, main, main.snapshotId()));
    }

    private static boolean showsTheSame(TableMetadata base, @Nullable SnapshotRef main, OptionalLong seen) {
        Snapshot snapshot = main == null ? null : base.snapshot(main.snapshotId());
        while (snapshot != null
                && (seen.isEmpty() || snapshot.snapshotId() != seen.getAsLong())
                && DataOperations.REPLACE.equals(snapshot.operation())) {
            snapshot = snapshot.parentId() == null ? null : base.snapshot(snapshot.parentId());
        }
        return snapshot == null
                ? main == null && seen.isEmpty()
                : seen.isPresent() && snapshot.snapshotId() == seen.getAsLong();
    }

    private void check(Audited audited, TableMetadata base) {
        TableName table = audited.table();
        SnapshotRef main = base.ref(SnapshotRef.MAIN_BRANCH);
        OptionalLong now = main == null ? OptionalLong.empty() : OptionalLong.of(main.snapshotId());
        if (!now.equals(audited.forkedAt())) {
            throw new MainMovedException(run, List.of(table));
        }
        SnapshotRef branch = base.ref(run.branch());
        if (branch == null || branch.snapshotId() != audited.snapshotId()) {
            throw new PublishException("Cannot publish run " + run + ": branch " + run.branch() + " of " + table
                    + (branch == null ? " is gone" : " changed after its audit") + "; run the pipeline again");
        }
        if (now.isPresent()
                && now.getAsLong() != audited.snapshotId()
                && !SnapshotUtil.isAncestorOf(audited.snapshotId(), now.getAsLong(), base::snapshot)) {
            throw new PublishException("Cannot publish run " + run + ": branch " + run.branch() + " of " + table
                    + " no longer leads back to main; run the pipeline again");
        }
    }

    private Staged staged(StagedOperations operations, @Nullable SnapshotRef main, long snapshotId) {
        TableMetadata base = operations.current();
        boolean moves = main == null || main.snapshotId() != snapshotId;
        TableMetadata.Builder next = TableMetadata.buildFrom(base);
        if (moves) {
            next.setRef(
                    SnapshotRef.MAIN_BRANCH,
                    main == null
                            ? SnapshotRef.branchBuilder(snapshotId).build()
                            : SnapshotRef.builderFrom(main, snapshotId).build()); // keeps its retention
        }
        next.setRef(run.tag(), SnapshotRef.tagBuilder(snapshotId).build());
        next.removeRef(run.branch());
        expired.forEach(old -> next.removeRef(old.tag()));
        String from = operations.location();
        operations.commit(base, next.build());
        TableMetadata read = operations.current();
        TableName table = TableName.of(operations.tableName());
        return new Staged(
                new RunTable(run, table, from, operations.location(), snapshotId, moves ? Change.MOVED : Change.TAGGED),
                base,
                read);
    }
}
