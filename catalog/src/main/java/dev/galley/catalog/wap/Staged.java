package dev.galley.catalog.wap;

import dev.galley.catalog.ledger.RunTable;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/** New metadata of a table, written and read back, not yet pointed to. */
record Staged(RunTable change, TableMetadata base, TableMetadata next) {
    /** Only after the COMMIT: old metadata files beyond what the table keeps. */
    void deleteOld(FileIO io) {
        CatalogUtil.deleteRemovedMetadataFiles(io, base, next);
    }

    /** Only after a definite abort. */
    void deleteStaged(FileIO io) {
        io.deleteFile(change.toLocation());
    }
}
