package dev.galley.spark.action;

import dev.galley.catalog.NamedFiles;
import dev.galley.catalog.Parallel;
import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunRecord.Kind;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.table.TableName;
import dev.galley.spark.run.OpsTables;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.view.ConsumedOffsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/**
 * Lets go of snapshots of a pipeline's tables, and of the reports, that neither a tag nor a branch names, and deletes the files
 * that only they had. Readers that began with such a snapshot before may fail; what is young stays for them.
 */
public final class ExpireSnapshots {
    private static final int DELETING = 8;

    private final Workspace workspace;
    private final String pipeline;
    private final Set<String> ignored;

    /** @param ignored tables of the catalog that nobody asks which files they name */
    public ExpireSnapshots(Workspace workspace, String pipeline, Set<String> ignored) {
        this.workspace = workspace;
        this.pipeline = pipeline;
        this.ignored = Set.copyOf(ignored);
    }

    /**
     * What became, or would become, of one table.
     *
     * @param files that were deleted; 0 before
     * @param kept that stay, since another table names them, or may
     */
    public record Expired(TableName table, int snapshots, int files, int kept) {}

    /** The tables that have snapshots to let go, all of them older than {@code before}. Changes nothing. */
    public List<Expired> plan(Instant before) {
        List<Expired> plan = new ArrayList<>();
        tables().forEach((name, table) -> {
            int snapshots = expiring(table, before).apply().size();
            if (snapshots > 0) {
                plan.add(new Expired(name, snapshots, 0, 0));
            }
        });
        return plan;
    }

    /**
     * Lets them go, table by table, then deletes the files that no table of the database names any more; what was done when it
     * fails stays done.
     *
     * @throws dev.galley.catalog.CatalogException if it cannot be told which files some table names; nothing was done
     * @throws dev.galley.catalog.run.LeaseHeldException if a run is at work
     */
    public List<Expired> execute(Instant before) {
        try (OpenRun run = workspace.runs().open(pipeline, Kind.MAINTENANCE)) {
            NamedFiles.read(workspace.catalog(), ignored).requirePlaces();
            Map<TableName, Integer> snapshots = new TreeMap<>();
            Map<TableName, Set<String>> left = new TreeMap<>();
            tables().forEach((name, table) -> {
                int expired = expiring(table, before).apply().size();
                if (expired > 0) {
                    Set<String> files = ConcurrentHashMap.newKeySet();
                    expiring(table, before).deleteWith(files::add).commit();
                    snapshots.put(name, expired);
                    left.put(name, files);
                }
            });
            return deleted(snapshots, left);
        }
    }

    private List<Expired> deleted(Map<TableName, Integer> snapshots, Map<TableName, Set<String>> left) {
        Set<String> all = new HashSet<>();
        left.values().forEach(all::addAll);
        Set<String> unnamed = all.isEmpty()
                ? Set.of()
                : NamedFiles.read(workspace.catalog(), ignored).unnamed(all);
        new Parallel(DELETING).each(unnamed, workspace.catalog().io()::deleteFile);
        List<Expired> done = new ArrayList<>();
        snapshots.forEach((table, expired) -> {
            Set<String> files = left.getOrDefault(table, Set.of());
            int gone = (int) files.stream().filter(unnamed::contains).count();
            done.add(new Expired(table, expired, gone, files.size() - gone));
        });
        return done;
    }

    /** Each branch keeps what it says itself: an audit branch all, {@code main} its newest. */
    private static org.apache.iceberg.ExpireSnapshots expiring(Table table, Instant before) {
        return table.expireSnapshots().expireOlderThan(before.toEpochMilli()).retainLast(1);
    }

    /**
     * Without those of which a snapshot without a name says what the table has read, or is what another table has read up to:
     * what is new could not be told any more.
     */
    private Map<TableName, Table> tables() {
        Map<TableName, Table> tables = new TreeMap<>();
        workspace
                .catalog()
                .tables(pipeline)
                .forEach(name -> tables.put(name, workspace.catalog().load(name)));
        if (tables.isEmpty()) {
            throw new UsageException(
                    "Cannot maintain " + pipeline + ": no table of the catalog belongs to a pipeline of that name");
        }
        Map<TableName, Set<Long>> read = new HashMap<>();
        tables.forEach((own, table) -> ConsumedOffsets.read(table, SnapshotRef.MAIN_BRANCH)
                .upTo()
                .forEach((upstream, snapshot) -> tables.keySet().stream()
                        .filter(name -> !name.equals(own) && name.toString().equals(upstream))
                        .forEach(name ->
                                read.computeIfAbsent(name, n -> new HashSet<>()).add(snapshot))));
        tables.forEach((name, table) -> ConsumedOffsets.carrier(table, SnapshotRef.MAIN_BRANCH)
                .ifPresent(carrier ->
                        read.computeIfAbsent(name, n -> new HashSet<>()).add(carrier)));
        tables.entrySet()
                .removeIf(table -> !named(table.getValue()).containsAll(read.getOrDefault(table.getKey(), Set.of())));
        for (TableName report : OpsTables.NAMES) {
            if (workspace.catalog().exists(report)) {
                tables.put(report, workspace.catalog().load(report));
            }
        }
        return tables;
    }

    private static Set<Long> named(Table table) {
        return table.refs().values().stream().map(SnapshotRef::snapshotId).collect(Collectors.toSet());
    }
}
