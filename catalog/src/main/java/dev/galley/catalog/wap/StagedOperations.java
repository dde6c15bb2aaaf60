package dev.galley.catalog.wap;

import dev.galley.definition.table.TableName;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;

/** A table whose commits write the next metadata file and leave the catalog's pointer alone. */
final class StagedOperations extends BaseMetastoreTableOperations {
    private final TableName table;
    private final FileIO io;
    private String location;

    StagedOperations(TableName table, FileIO io, String location) {
        this.table = table;
        this.io = io;
        this.location = location;
    }

    String location() {
        return location;
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
