package dev.galley.spark.action;

import dev.galley.catalog.Parallel;
import dev.galley.catalog.run.PublishedRun;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.Status;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.table.TableName;
import dev.galley.spark.run.Workspace;
import dev.galley.spark.view.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All tables as they were at some time, or would be after a run.
 *
 * @param name for messages
 * @param snapshots of every table that had one; any other had no rows, or has expired
 * @param expired tables of other pipelines whose snapshot of then is gone
 */
public record CatalogView(String name, SortedMap<TableName, Long> snapshots, List<TableName> expired) {
    private static final Parallel READING = new Parallel(8);
    private static final Logger LOG = LoggerFactory.getLogger(CatalogView.class);

    public CatalogView {
        expired = List.copyOf(expired);
    }

    /** More properties of the catalog, which make it show this, read-only. */
    public Map<String, String> properties() {
        return RunView.asOf(name, snapshots);
    }

    /**
     * What a run published, with all other pipelines as they stood then; of a blocked or held run what it would publish, with
     * the rest as it is now.
     *
     * @throws UsageException if there is no such run, it left nothing, or a snapshot of it has expired
     */
    public static CatalogView run(Workspace workspace, RunId id) {
        RunRecord run = workspace.run(id);
        if (run.status() == Status.BLOCKED || run.status() == Status.HELD) {
            return unpublished(workspace, run);
        }
        PublishedRun published = workspace
                .runs()
                .published(id)
                .orElseThrow(() -> new UsageException(
                        "Cannot open run " + id + ": only published, held and blocked runs have tables",
                        NextStep.show(id)));
        return published(workspace, "run " + id, published.at(), published.pipeline()::equals);
    }

    /**
     * What readers of {@code main} saw then, of every pipeline.
     *
     * @throws UsageException if nothing was published yet, or a snapshot of that time has expired
     */
    public static CatalogView time(Workspace workspace, Instant time) {
        return published(workspace, time.toString(), time, pipeline -> true);
    }

    /** @param needed pipelines of which every snapshot must be there; what is gone of others is shown empty, and named */
    private static CatalogView published(Workspace workspace, String name, Instant at, Predicate<String> needed) {
        List<PublishedRun> states = workspace.runs().publishedAt(at);
        if (states.isEmpty()) {
            throw new UsageException(
                    "Cannot open " + name + ": nothing was published by then", NextStep.runs("PIPELINE"));
        }
        Set<TableName> named = new TreeSet<>();
        Set<TableName> must = new HashSet<>();
        for (PublishedRun state : states) {
            state.tables().forEach(table -> {
                named.add(table.name());
                if (needed.test(state.pipeline())) {
                    must.add(table.name());
                }
            });
        }
        Map<TableName, String> locations = workspace.catalog().locations();
        locations.keySet().stream().filter(CatalogView::isReport).forEach(named::add);
        locations.keySet().retainAll(named);
        Map<TableName, Table> tables = tables(workspace, locations, must::contains);
        SortedMap<TableName, Long> snapshots = reports(tables);
        List<TableName> expired = new ArrayList<>();
        for (PublishedRun state : states) {
            for (PublishedRun.Table table : state.tables()) {
                Table now = tables.get(table.name());
                if (now == null) {
                    continue; // dropped since, or another pipeline's and broken
                }
                if (now.snapshot(table.snapshotId()) != null) {
                    snapshots.put(table.name(), table.snapshotId());
                } else if (!needed.test(state.pipeline())) {
                    expired.add(table.name());
                } else {
                    throw new UsageException("Cannot open " + name + ": the snapshot of " + table.name() + " that run "
                            + state.run() + " published has expired; see " + table.name() + ".refs");
                }
            }
        }
        return new CatalogView(name, snapshots, expired);
    }

    private static CatalogView unpublished(Workspace workspace, RunRecord run) {
        SortedMap<TableName, Long> snapshots = new TreeMap<>();
        Set<TableName> owned = Set.copyOf(workspace.catalog().tables(run.pipeline()));
        tables(workspace, workspace.catalog().locations(), owned::contains).forEach((name, table) -> {
            Snapshot branch = table.snapshot(run.id().branch());
            Snapshot seen = branch == null ? table.currentSnapshot() : branch;
            if (seen != null) {
                snapshots.put(name, seen.snapshotId());
            }
        });
        return new CatalogView("run " + run.id(), snapshots, List.of());
    }

    /** Reports are no pipeline's: they tell of all runs, up to now. */
    private static SortedMap<TableName, Long> reports(Map<TableName, Table> tables) {
        SortedMap<TableName, Long> snapshots = new TreeMap<>();
        tables.forEach((name, table) -> {
            if (isReport(name) && table.currentSnapshot() != null) {
                snapshots.put(name, table.currentSnapshot().snapshotId());
            }
        });
        return snapshots;
    }

    private static boolean isReport(TableName table) {
        return table.namespace().equals("ops");
    }

    /** @param must tables that have to be readable; any other that is not is left out */
    private static Map<TableName, Table> tables(
            Workspace workspace, Map<TableName, String> locations, Predicate<TableName> must) {
        Map<TableName, Table> tables = new ConcurrentSkipListMap<>();
        READING.each(locations.entrySet(), location -> {
            TableName name = location.getKey();
            try {
                tables.put(name, workspace.catalog().at(name, location.getValue()));
            } catch (RuntimeException e) {
                if (must.test(name)) {
                    throw new IllegalStateException("Cannot read " + name + ": " + e.getMessage(), e);
                }
                LOG.warn("Left aside, for its metadata cannot be read: {} ({})", name, e.getMessage());
            }
        });
        return tables;
    }
}
