package dev.galley.catalog.wap;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.LocalFiles;
import dev.galley.catalog.PostgresServer;
import dev.galley.catalog.ledger.Lease;
import dev.galley.catalog.ledger.Leases;
import dev.galley.catalog.ledger.Ledger;
import dev.galley.catalog.ledger.RunId;
import dev.galley.spec.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code make bench-publish}: a publication of many tables, against Iceberg's own JDBC catalog that fast-forwards, tags and
 * drops the branch of one table after another. In turns, on the same tables, with databases that sync every commit.
 */
@Tag("slow")
class BenchPublish {
    private static final int THREADS = 8;
    private static final List<Size> SIZES = List.of(new Size(1, 15), new Size(20, 5), new Size(200, 3));

    @TempDir
    Path folder;

    private final List<String> page = new ArrayList<>(
            List.of("| database | tables | stock, ms | publish, ms | times faster |", "|---|--:|--:|--:|--:|"));

    @Test
    void prices() throws IOException {
        PostgresServer server = PostgresServer.durable();
        for (Size size : SIZES) {
            Path place = Files.createDirectory(folder.resolve("tables" + size.tables()));
            price("SQLite", new Lakehouse(place.resolve("sqlite")), size);
            price("PostgreSQL", new Lakehouse(place.resolve("postgresql"), server.newDatabase()), size);
        }
        Files.write(Path.of("target", "bench-publish.md"), page);
    }

    private record Size(int tables, int rounds) {}

    private void price(String database, Lakehouse lakehouse, Size size) throws IOException {
        Files.createDirectory(lakehouse.folder());
        Map<String, String> files = Map.of(CatalogProperties.FILE_IO_IMPL, LocalFiles.class.getName());
        try (GalleyCatalog catalog = GalleyCatalog.open(lakehouse.settings(), files, new Configuration(false));
                JdbcCatalog stock = stock(lakehouse, files)) {
            List<TableName> names = IntStream.range(0, size.tables())
                    .mapToObj(i -> new TableName("silver", "t" + i))
                    .toList();
            for (TableName name : names) {
                Lakehouse.create(catalog, name.toString(), Map.of());
                Marks.append(catalog, name, "main", "first");
            }
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            for (int round = -1; round < size.rounds(); round++) { // the first is to warm up
                double publish = publish(catalog, names);
                double steps = stepwise(catalog, stock, names);
                if (round >= 0) {
                    ours.add(publish);
                    theirs.add(steps);
                }
            }
            String row = String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.1f |",
                    database,
                    size.tables(),
                    median(theirs),
                    median(ours),
                    median(theirs) / median(ours));
            System.out.println(row);
            page.add(row);
        }
    }

    private static double publish(GalleyCatalog catalog, List<TableName> names) {
        Ledger ledger = Ledger.open(catalog.database(), Clock.systemUTC());
        RunId run = RunId.next(Clock.systemUTC(), new Random());
        try (Lease lease = new Leases(catalog.database(), Clock.systemUTC()).acquire("p", run)) {
            ledger.begin(run, "p", "run");
            PublishRequest request = PublishRequest.of(lease, write(catalog, run, names), List.of(), "{}");
            long begun = System.nanoTime();
            new Publication(catalog, ledger, Clock.systemUTC(), THREADS).publish(request);
            return (System.nanoTime() - begun) / 1e6;
        }
    }

    private static double stepwise(GalleyCatalog catalog, JdbcCatalog stock, List<TableName> names) {
        RunId run = RunId.next(Clock.systemUTC(), new Random());
        List<Audited> audited = write(catalog, run, names);
        long begun = System.nanoTime();
        for (Audited one : audited) {
            Table table = stock.loadTable(TableIdentifier.parse(one.table().toString()));
            table.manageSnapshots().fastForwardBranch("main", run.branch()).commit();
            table.manageSnapshots().createTag(run.tag(), one.snapshotId()).commit();
            table.manageSnapshots().removeBranch(run.branch()).commit();
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static List<Audited> write(GalleyCatalog catalog, RunId run, List<TableName> names) {
        AuditBranch branch = new AuditBranch(catalog, run);
        List<Audited> audited = new ArrayList<>();
        for (TableName name : names) {
            Fork fork = branch.fork(name);
            Marks.append(catalog, name, branch.name(), run.text());
            audited.add(branch.audited(fork));
        }
        return audited;
    }

    private static JdbcCatalog stock(Lakehouse lakehouse, Map<String, String> files) {
        Map<String, String> properties = new HashMap<>(files);
        properties.put(CatalogProperties.URI, lakehouse.uri());
        properties.put(
                CatalogProperties.WAREHOUSE_LOCATION, lakehouse.settings().warehouse());
        if (lakehouse.settings().user().isPresent()) {
            properties.put("jdbc.user", PostgresServer.OWNER);
        } else {
            properties.putAll(Map.of("jdbc.journal_mode", "WAL", "jdbc.synchronous", "FULL"));
        }
        JdbcCatalog stock = new JdbcCatalog();
        stock.setConf(new Configuration(false));
        stock.initialize("galley", properties);
        return stock;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
