package dev.galley.spark.table;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.wap.AuditBranch;
import dev.galley.catalog.wap.Audited;
import dev.galley.catalog.wap.Fork;
import dev.galley.definition.table.TableName;
import dev.galley.spark.definition.PartitionTerms;
import dev.galley.spark.view.RunCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.types.StructType;

/** The tables that one run writes: there, with the columns it needs, and forked. Safe for threads. */
public final class RunTables {
    private final GalleyCatalog catalog;
    private final String pipeline;
    private final AuditBranch branch;
    private final RunCatalog catalogInRun;
    private final Map<TableName, Fork> forks = new ConcurrentHashMap<>();

    public RunTables(GalleyCatalog catalog, String pipeline, AuditBranch branch, RunCatalog catalogInRun) {
        this.catalog = catalog;
        this.catalogInRun = catalogInRun;
        this.pipeline = pipeline;
        this.branch = branch;
    }

    /** Makes the table if there is none, and forks it. */
    Fork open(TableName name, StructType columns, List<String> partition) {
        return forks.computeIfAbsent(name, n -> {
            make(n, columns, partition);
            return branch.fork(n);
        });
    }

    /** Makes the table, empty and without {@code main}, if there is none. */
    void make(TableName name, StructType columns, List<String> partition) {
        if (!catalog.exists(name)) {
            create(name, columns, partition);
        }
    }

    /** What it takes to bring a table to these columns and partitions; empty if there is no such table yet. */
    Optional<Evolution> evolution(TableName name, StructType columns, List<String> partition) {
        return catalog.exists(name)
                ? Optional.of(
                        new Evolution(catalog, name, catalog.load(name), SparkSchemaUtil.convert(columns), partition))
                : Optional.empty();
    }

    /** Forks a table that is there. */
    public Fork fork(TableName name) {
        return forks.computeIfAbsent(name, branch::fork);
    }

    /** Makes or widens a table that stands beside another, forks it and lets the open run write it; nothing the second time. */
    public void openBeside(TableName name, StructType columns, List<String> partition) {
        if (!forks.containsKey(name)) {
            evolution(name, columns, partition).ifPresent(Evolution::force);
            catalogInRun.include(name, open(name, columns, partition).before());
        }
    }

    /** The snapshot each branch began with. */
    public Map<TableName, Long> befores() {
        return forks.values().stream().collect(Collectors.toMap(Fork::table, Fork::before));
    }

    /** The newest snapshot of a table that this run writes; empty for any other. */
    public Optional<Long> seen(TableName name) {
        return forks.containsKey(name) ? branch.head(name).stream().boxed().findFirst() : Optional.empty();
    }

    /** The heads of all branches: what the audit looked at. */
    public List<Audited> audited() {
        List<Parallel.Task<Audited>> heads = new ArrayList<>();
        forks.values().forEach(fork -> heads.add(() -> branch.audited(fork)));
        return Parallel.all(heads);
    }

    /** The tables of the pipeline that exist and that this run does not write. */
    public List<TableName> others() {
        return catalog.tables(pipeline).stream()
                .filter(name -> !forks.containsKey(name))
                .toList();
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
                            pipeline,
                            TableProperties.PARQUET_COMPRESSION,
                            "zstd",
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
