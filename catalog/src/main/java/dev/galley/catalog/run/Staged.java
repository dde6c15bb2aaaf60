package dev.galley.catalog.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.OldMetadata;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/** New metadata of a table, written and read back, not yet pointed to. */
record Staged(RunTable change, TableMetadata base, TableMetadata next) {
    /** Only after the COMMIT: old metadata files beyond what the table keeps. */
    void deleteOld(GalleyCatalog catalog) {
        OldMetadata.delete(catalog, base, next);
    }

    /** Only after a definite abort. */
    void deleteStaged(FileIO io) {
        io.deleteFile(change.toLocation());
    }
}
