package dev.galley.catalog;

import dev.galley.definition.settings.Settings;
import dev.galley.definition.table.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/** A small lakehouse: its files in a folder, its catalog in a database that is there or, on SQLite, made when opened. */
public record Lakehouse(Path folder, String uri) {
    public static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "amount", Types.DecimalType.of(18, 2)));

    /** On SQLite, in the same folder. */
    public Lakehouse(Path folder) {
        this(folder, "jdbc:sqlite:" + folder.resolve("catalog.db"));
    }

    public Settings.Catalog settings() {
        return new Settings.Catalog(
                uri, user(), Optional.empty(), folder.resolve("warehouse").toString());
    }

    private Optional<String> user() {
        return uri.startsWith("jdbc:postgresql:") ? Optional.of(PostgresServer.OWNER) : Optional.empty();
    }

    public GalleyCatalog open() {
        return open(connections());
    }

    public Database.Connections connections() {
        return connections(Map.of());
    }

    /** With these settings of the driver, and quick: what a process committed outlives it, but not a power cut. */
    public Database.Connections connections(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        user().ifPresentOrElse(user -> all.put("user", user), () -> all.putIfAbsent("synchronous", "OFF"));
        return new JdbcConnections(uri, all);
    }

    public GalleyCatalog open(Database.Connections connections) {
        return open(new Database(connections, Lakehouse::sleep));
    }

    /** Nobody waits for a heartbeat that will not come. */
    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.compareTo(Duration.ofSeconds(2)) > 0 ? 1 : time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public GalleyCatalog open(Database database) {
        return GalleyCatalog.open(
                database,
                settings(),
                Map.of(CatalogProperties.FILE_IO_IMPL, LocalFiles.class.getName()),
                new Configuration(false));
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
