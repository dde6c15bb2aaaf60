package dev.galley.spark.action;

import dev.galley.catalog.CatalogEntry;
import dev.galley.catalog.NamedFiles;
import dev.galley.catalog.Parallel;
import dev.galley.catalog.run.OpenRun;
import dev.galley.catalog.run.RunId;
import dev.galley.definition.table.TableName;
import dev.galley.spark.run.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * What dead processes left of a pipeline and no command will need: audit branches of runs that have ended, and metadata files
 * that were written for a publication which then did not happen.
 *
 * @param branches by table, the runs whose branch it still has
 * @param files metadata that no table of the database names, each older than an hour; none from a place that two tables share
 * @param shared by table, others that keep their files in its place
 */
public record OrphanFiles(
        SortedMap<TableName, List<RunId>> branches,
        List<FileInfo> files,
        SortedMap<TableName, List<CatalogEntry>> shared) {
    /** Nobody takes longer from writing a metadata file to naming it. */
    private static final Duration COMMITTED_BY_THEN = Duration.ofHours(1);

    private static final String METADATA = ".metadata.json";

    public OrphanFiles {
        files = List.copyOf(files);
    }

    /**
     * Looks at every table of the pipeline; changes nothing.
     *
     * @param names asked for once the files are listed, so that what is named meanwhile is seen as named
     */
    static OrphanFiles read(Workspace workspace, String pipeline, Supplier<NamedFiles> names) {
        List<TableName> tables = workspace.catalog().tables(pipeline);
        List<List<FileInfo>> old = new Parallel(4).map(tables, table -> old(workspace, table));
        NamedFiles named = names.get();
        SortedMap<TableName, List<CatalogEntry>> shared = new TreeMap<>();
        List<FileInfo> files = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            List<CatalogEntry> others = named.sharing(tables.get(i));
            if (others.isEmpty()) {
                files.addAll(old.get(i));
            } else {
                shared.put(tables.get(i), others);
            }
        }
        Set<String> unnamed =
                named.unnamedMetadata(files.stream().map(FileInfo::location).toList());
        files.removeIf(file -> !unnamed.contains(file.location()));
        return new OrphanFiles(workspace.runs().abandonedBranches(pipeline), files, shared);
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return branches.isEmpty() && files.isEmpty();
    }

    /** Removes all of it; what is gone meanwhile is no error. */
    void remove(Workspace workspace, OpenRun run) {
        branches.forEach((table, dead) -> dead.forEach(of -> run.dropBranch(table, of)));
        files.forEach(file -> workspace.catalog().io().deleteFile(file.location()));
    }

    /** As {@code doctor} says it. */
    @Override
    public String toString() {
        long tables = branches.size();
        long bytes = files.stream().mapToLong(FileInfo::size).sum();
        return "%d tables with branches of ended runs, %d metadata files that no table names (%d kB)"
                .formatted(tables, files.size(), bytes >> 10);
    }

    private static List<FileInfo> old(Workspace workspace, TableName name) {
        Table table = workspace.catalog().load(name);
        if (!(table.io() instanceof SupportsPrefixOperations files)) {
            return List.of();
        }
        Instant before = workspace.clock().instant().minus(COMMITTED_BY_THEN);
        List<FileInfo> written = new ArrayList<>();
        files.listPrefix(table.location() + "/metadata/").forEach(file -> {
            if (file.location().endsWith(METADATA) && file.createdAtMillis() < before.toEpochMilli()) {
                written.add(file);
            }
        });
        return written;
    }
}
