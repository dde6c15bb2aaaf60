package dev.galley.catalog;

import dev.galley.spec.Settings;
import dev.galley.spec.TableName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/** A small lakehouse in a folder: SQLite and local disk. */
public record Lakehouse(Path folder) {
    public static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "amount", Types.DecimalType.of(18, 2)));

    public Settings.Catalog settings() {
        return new Settings.Catalog(
                "jdbc:sqlite:" + folder.resolve("catalog.db"),
                Optional.empty(),
                Optional.empty(),
                folder.resolve("warehouse").toString());
    }

    public GalleyCatalog open() {
        return GalleyCatalog.open(settings(), Map.of(), new Configuration(false));
    }

    public Connections connections() {
        return new JdbcConnections(settings().uri(), Map.of());
    }

    public GalleyCatalog open(Connections connections) {
        return GalleyCatalog.open(connections, settings(), Map.of(), new Configuration(false));
    }

    /** A table of pipeline {@code p}. */
    public static Table create(GalleyCatalog catalog, String name, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put(GalleyCatalog.PIPELINE, "p");
        return catalog.create(TableName.of(name), SCHEMA, PartitionSpec.unpartitioned(), all);
    }

    /** Commits a snapshot with one data file of this many rows to a branch; returns its id. */
    public static long append(GalleyCatalog catalog, String name, String branch, long rows) {
        Table table = catalog.load(TableName.of(name));
        table.newAppend().appendFile(file(table, rows)).toBranch(branch).commit();
        table.refresh();
        return table.snapshot(branch).snapshotId();
    }

    /** A data file that exists in metadata only. */
    public static DataFile file(Table table, long rows) {
        return DataFiles.builder(table.spec())
                .withPath(table.location() + "/data/" + UUID.randomUUID() + ".parquet")
                .withFileSizeInBytes(1000)
                .withRecordCount(rows)
                .build();
    }
}
