package dev.galley.catalog.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.Parallel;
import dev.galley.definition.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableProperties;

/** Pipeline {@code p} with a table of every kind: four published before, one never. */
record FiveTables(Lakehouse lakehouse, GalleyCatalog catalog, Runs runs, Clock clock) implements AutoCloseable {
    static final List<TableName> TABLES = Stream.of(
                    "silver.fresh", "silver.newer", "silver.plain", "silver.trimmed", "silver.zipped")
            .map(TableName::of)
            .toList();

    static FiveTables on(Lakehouse lakehouse, GalleyCatalog catalog, Clock clock) {
        return new FiveTables(lakehouse, catalog, runs(catalog, clock, step -> {}), clock);
    }

    static FiveTables create(Lakehouse lakehouse, GalleyCatalog catalog, Clock clock) {
        Lakehouse.create(catalog, "silver.plain", Map.of());
        Lakehouse.create(catalog, "silver.zipped", Map.of(TableProperties.METADATA_COMPRESSION, "gzip"));
        Lakehouse.create(
                catalog,
                "silver.trimmed",
                Map.of(
                        TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
                        TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "2"));
        Lakehouse.create(catalog, "silver.newer", Map.of(TableProperties.FORMAT_VERSION, "3"));
        Lakehouse.create(catalog, "silver.fresh", Map.of());
        for (TableName table : TABLES.subList(1, 5)) {
            Lakehouse.append(catalog, table.toString(), SnapshotRef.MAIN_BRANCH, 1);
        }
        return on(lakehouse, catalog, clock);
    }

    static RunId nextRun() {
        return RunId.next(Clock.systemUTC(), new Random());
    }

    /** Forks every table and writes ten rows to each branch. */
    List<RunReport.Head> write(RunId run) {
        AuditBranch branch = new AuditBranch(catalog, run);
        return TABLES.stream()
                .map(branch::fork)
                .map(fork -> {
                    Lakehouse.append(catalog, fork.table().toString(), branch.name(), 10);
                    return branch.audited(fork);
                })
                .toList();
    }

    private static Runs runs(GalleyCatalog catalog, Clock clock, Publication.Crashpoint crashpoint) {
        return new Runs(catalog, clock, pipeline -> Optional.empty(), new Parallel(4), crashpoint);
    }

    /** As {@link #runs()}, with somebody who hears of each step. */
    Runs runs(Publication.Crashpoint crashpoint) {
        return runs(catalog, clock, crashpoint);
    }

    Publication publication(Publication.Crashpoint crashpoint) {
        return runs(crashpoint).publication;
    }

    Publication publication() {
        return runs.publication;
    }

    Ledger ledger() {
        return runs.ledger;
    }

    Leases leases() {
        return runs.leases;
    }

    Recovery recovery() {
        return runs.recovery;
    }

    static Publication.Request request(Lease lease, List<RunReport.Head> heads) {
        return request(lease, heads, "{}");
    }

    static Publication.Request request(Lease lease, List<RunReport.Head> heads, String report) {
        return new Publication.Request(
                lease.run(), lease.pipeline(), lease.token(), heads, Map.of(), List.of(), report);
    }

    /** A report that says nothing. */
    static RunReport nothing(OpenRun run) {
        return RunReport.of(run.id(), run.pipeline(), List.of());
    }

    /** Forks every table and writes ten rows to each branch. */
    void write(OpenRun run) {
        for (TableName table : TABLES) {
            run.fork(table);
            Lakehouse.append(catalog, table.toString(), run.id().branch(), 10);
        }
    }

    /** Rows that a reader of main sees; 0 if it was never published. */
    long rows(TableName table) {
        Snapshot main = catalog.load(table).currentSnapshot();
        return main == null ? 0 : Long.parseLong(main.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
    }

    /** {@link #rows} of all five, in order of their names. */
    List<Long> allRows() {
        return TABLES.stream().map(this::rows).toList();
    }

    long ref(TableName table, String name) {
        return Objects.requireNonNull(catalog.load(table).refs().get(name), name)
                .snapshotId();
    }

    /** All metadata files on disk. */
    List<Path> metadataFiles() {
        try (Stream<Path> files = Files.walk(lakehouse.folder().resolve("warehouse"))) {
            return files.filter(file -> file.toString().contains(".metadata.json")
                            && !file.toString().endsWith(".crc"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        catalog.close();
    }
}
