package dev.galley.catalog.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.definition.table.TableName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/** Writes the metadata that a table has after the publication: main moved, tag set, audit branch gone. */
record Stager(RunId run, List<RunId> expired, FileIO io) {
    /** New metadata of a table, written and read back, not yet pointed to. */
    record Staged(PublishedRun.Table change, TableMetadata base, TableMetadata next) {
        /** Only after the COMMIT: old metadata files beyond what the table keeps. */
        void deleteOld(GalleyCatalog catalog) {
            catalog.deleteOldMetadata(base, next);
        }

        /** Only after a definite abort. */
        void deleteStaged(FileIO io) {
            io.deleteFile(change.toLocation());
        }
    }

    /**
     * Stages a table of the run: {@code main} goes to what was audited, or stays if nothing was written.
     *
     * @throws MainMovedException if {@code main} is not where the run forked
     * @throws RunException if the audit branch is gone or is not what was audited
     */
    Staged moved(RunReport.Head head, String from) {
        StagedOperations operations = new StagedOperations(head.table(), io, from);
        check(head, operations.current());
        return staged(operations, head.audited());
    }

    /**
     * Stages a table whose {@code main} goes back, or to where an earlier {@code main} was.
     *
     * @throws RunException if the snapshot has expired
     */
    Staged restored(TableName table, long snapshotId, String from) {
        StagedOperations operations = new StagedOperations(table, io, from);
        if (operations.current().snapshot(snapshotId) == null) {
            throw refused("snapshot " + snapshotId + " of " + table
                    + " has expired; choose a run that the table still has a tag of");
        }
        return staged(operations, snapshotId);
    }

    /**
     * Stages a table that keeps its {@code main}; empty if it was never published: there is nothing to name.
     *
     * @param seen what the run saw of it; null if that does not matter
     * @throws MainMovedException if it shows other rows now
     */
    Optional<Staged> tagged(TableName table, String from, RunReport.@Nullable Seen seen) {
        StagedOperations operations = new StagedOperations(table, io, from);
        TableMetadata base = operations.current();
        SnapshotRef main = base.ref(SnapshotRef.MAIN_BRANCH);
        if (seen != null && !showsTheSame(base, main, seen.main())) {
            throw new MainMovedException(run, List.of(table));
        }
        return main == null ? Optional.empty() : Optional.of(staged(operations, main.snapshotId()));
    }

    private static boolean showsTheSame(TableMetadata base, @Nullable SnapshotRef main, @Nullable Long seen) {
        Snapshot snapshot = main == null ? null : base.snapshot(main.snapshotId());
        while (snapshot != null
                && !Objects.equals(seen, snapshot.snapshotId())
                && DataOperations.REPLACE.equals(snapshot.operation())) {
            snapshot = snapshot.parentId() == null ? null : base.snapshot(snapshot.parentId());
        }
        return snapshot == null ? main == null && seen == null : Objects.equals(seen, snapshot.snapshotId());
    }

    private void check(RunReport.Head head, TableMetadata base) {
        TableName table = head.table();
        SnapshotRef main = base.ref(SnapshotRef.MAIN_BRANCH);
        Long now = main == null ? null : main.snapshotId();
        if (!Objects.equals(now, head.forkedAt())) {
            throw new MainMovedException(run, List.of(table));
        }
        SnapshotRef branch = base.ref(run.branch());
        if (branch == null || branch.snapshotId() != head.audited()) {
            throw refused("branch " + run.branch() + " of " + table
                    + (branch == null ? " is gone" : " changed after its audit") + "; run the pipeline again");
        }
        if (now != null && now != head.audited() && !SnapshotUtil.isAncestorOf(head.audited(), now, base::snapshot)) {
            throw refused("branch " + run.branch() + " of " + table
                    + " no longer leads back to main; run the pipeline again");
        }
    }

    private RunException refused(String reason) {
        return new RunException("Cannot publish run " + run + ": " + reason);
    }

    private Staged staged(StagedOperations operations, long snapshotId) {
        TableMetadata base = operations.current();
        SnapshotRef main = base.ref(SnapshotRef.MAIN_BRANCH);
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
        String from = operations.location;
        operations.commit(base, next.build());
        TableMetadata read = operations.current();
        PublishedRun.Change change = moves ? PublishedRun.Change.MOVED : PublishedRun.Change.TAGGED;
        return new Staged(
                new PublishedRun.Table(operations.table, from, operations.location, snapshotId, change), base, read);
    }

    /** A table whose commits write the next metadata file and leave the catalog's pointer alone. */
    private static final class StagedOperations extends BaseMetastoreTableOperations {
        private final TableName table;
        private final FileIO io;
        private String location;

        StagedOperations(TableName table, FileIO io, String location) {
            this.table = table;
            this.io = io;
            this.location = location;
        }

        @Override
        protected String tableName() {
            return table.toString();
        }

        @Override
        public FileIO io() {
            return io;
        }

        @Override
        protected void doRefresh() {
            refreshFromMetadataLocation(location);
        }

        /** Not the inherited one: it deletes old metadata files, and readers need those until the pointer has moved. */
        @Override
        public void commit(TableMetadata base, TableMetadata next) {
            if (base != current()) {
                throw new CommitFailedException("Cannot stage %s: stale metadata", table);
            }
            if (base != next) {
                location = writeNewMetadata(next, currentVersion() + 1);
                requestRefresh(); // the next current() reads the file back
            }
        }
    }
}
