package dev.galley.spark.table;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.run.Fork;
import dev.galley.catalog.run.OpenRun;
import dev.galley.definition.table.TableName;
import dev.galley.spark.definition.PartitionTerms;
import dev.galley.spark.view.RunCatalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.types.StructType;

/** The tables that one run writes: there, with the columns it needs, and forked. Safe for threads. */
public final class RunTables {
    private final GalleyCatalog catalog;
    private final OpenRun run;
    private final RunCatalog catalogInRun;

    public RunTables(GalleyCatalog catalog, OpenRun run, RunCatalog catalogInRun) {
        this.catalog = catalog;
        this.run = run;
        this.catalogInRun = catalogInRun;
    }

    /** Makes the table, empty and without {@code main}, if there is none. */
    void make(TableName name, StructType columns, List<String> partition) {
        if (!catalog.exists(name)) {
            create(name, columns, partition);
        }
    }

    /** What it takes to bring a table to these columns and partitions; empty if there is no such table yet. */
    Optional<SchemaChange> evolution(TableName name, StructType columns, List<String> partition) {
        return catalog.exists(name)
                ? Optional.of(new SchemaChange(
                        catalog, name, catalog.load(name), SparkSchemaUtil.convert(columns), partition))
                : Optional.empty();
    }

    /** Forks a table that is there. */
    public Fork fork(TableName name) {
        return run.fork(name);
    }

    /** Makes or widens a table that stands beside another, forks it and lets the open run write it; nothing the second time. */
    public void openBeside(TableName name, StructType columns, List<String> partition) {
        if (!run.forks().containsKey(name)) {
            evolution(name, columns, partition).ifPresent(SchemaChange::force);
            make(name, columns, partition);
            catalogInRun.include(name, run.fork(name).before());
        }
    }

    /** The snapshot each branch began with. */
    public Map<TableName, Long> befores() {
        return run.forks().values().stream().collect(Collectors.toMap(Fork::table, Fork::before));
    }

    /** The newest snapshot of a table that this run writes; empty for any other. */
    public Optional<Long> seen(TableName name) {
        return run.head(name).stream().boxed().findFirst();
    }

    private void create(TableName name, StructType columns, List<String> partition) {
        Schema schema = SparkSchemaUtil.convert(columns);
        try {
            catalog.create(
                    name,
                    schema,
                    PartitionTerms.spec(schema, partition),
                    Map.of(
                            GalleyCatalog.PIPELINE,
                            run.pipeline(),
                            TableProperties.PARQUET_COMPRESSION,
                            "zstd",
                            // A dictionary of values that hardly repeat is built to be thrown away.
                            TableProperties.PARQUET_DICT_SIZE_BYTES,
                            Integer.toString(64 << 10),
                            // The rows that a run changed are then those of its new files, whatever the table's size.
                            TableProperties.MERGE_MODE,
                            "merge-on-read",
                            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
                            "true",
                            TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
                            "20"));
        } catch (AlreadyExistsException e) {
            // made by a run that died right after: it is ours, and empty
        }
    }
}
