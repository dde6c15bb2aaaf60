package dev.galley.spark.run;

import dev.galley.catalog.ledger.Run;
import dev.galley.catalog.ledger.Status;
import dev.galley.catalog.wap.AuditBranch;
import dev.galley.spec.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * What dead processes left of a pipeline and no command will need: audit branches of runs that have ended, and metadata files
 * that were written for a publication which then did not happen.
 *
 * @param branches by table, the runs whose branch it still has
 * @param files metadata that no table names, each older than an hour
 */
public record Leftovers(SortedMap<TableName, List<AuditBranch>> branches, List<FileInfo> files) {
    /** Nobody takes longer from writing a metadata file to naming it. */
    private static final Duration COMMITTED_BY_THEN = Duration.ofHours(1);

    private static final String METADATA = ".metadata.json";

    public Leftovers {
        files = List.copyOf(files);
    }

    /** Looks at every table of the pipeline; changes nothing. */
    public static Leftovers of(Workspace workspace, String pipeline) {
        SortedMap<TableName, List<AuditBranch>> branches = new TreeMap<>();
        Set<String> inUse = inUse(workspace, pipeline);
        workspace.recovery().branches(pipeline).forEach((table, names) -> {
            List<AuditBranch> dead = names.stream()
                    .filter(name -> !inUse.contains(name))
                    .map(name -> AuditBranch.named(workspace.catalog(), name))
                    .toList();
            if (!dead.isEmpty()) {
                branches.put(table, dead);
            }
        });
        List<Parallel.Task<List<FileInfo>>> looks = new ArrayList<>();
        workspace.catalog().tables(pipeline).forEach(table -> looks.add(() -> unnamed(workspace, table)));
        return new Leftovers(
                branches, Parallel.all(looks).stream().flatMap(List::stream).toList());
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return branches.isEmpty() && files.isEmpty();
    }

    /** Removes all of it; what is gone meanwhile is no error. The caller holds the pipeline's lease. */
    void remove(Workspace workspace) {
        branches.forEach((table, dead) -> dead.forEach(branch -> branch.drop(table)));
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

    /** Of runs that may still publish or be looked at. */
    private static Set<String> inUse(Workspace workspace, String pipeline) {
        Set<String> names = new HashSet<>();
        Stream.of(Status.RUNNING, Status.BLOCKED, Status.HELD)
                .flatMap(status -> workspace.ledger().all(pipeline, status).stream())
                .map(Run::id)
                .forEach(run -> names.add(run.branch()));
        return names;
    }

    private static List<FileInfo> unnamed(Workspace workspace, TableName name) {
        BaseTable table = (BaseTable) workspace.catalog().load(name);
        if (!(table.io() instanceof SupportsPrefixOperations files)) {
            return List.of();
        }
        Instant before = workspace.clock().instant().minus(COMMITTED_BY_THEN);
        // Listed before the table is read: what is named meanwhile is then seen as named.
        List<FileInfo> written = new ArrayList<>();
        files.listPrefix(table.location() + "/metadata/").forEach(file -> {
            if (file.location().endsWith(METADATA) && file.createdAtMillis() < before.toEpochMilli()) {
                written.add(file);
            }
        });
        Set<String> named = named(table.operations().refresh());
        return written.stream()
                .filter(file -> !named.contains(fileName(file.location())))
                .toList();
    }

    /** By file name, which is unique; the same place may be written {@code s3} and {@code s3a}. */
    private static Set<String> named(TableMetadata metadata) {
        Set<String> names = new HashSet<>();
        names.add(fileName(metadata.metadataFileLocation()));
        for (MetadataLogEntry entry : metadata.previousFiles()) {
            names.add(fileName(entry.file()));
        }
        return names;
    }

    private static String fileName(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
