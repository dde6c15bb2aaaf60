package dev.galley.catalog.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.Lakehouse;
import dev.galley.catalog.LocalFiles;
import dev.galley.catalog.Parallel;
import dev.galley.catalog.PostgresServer;
import dev.galley.definition.settings.Settings;
import dev.galley.definition.table.TableName;
import dev.galley.landing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private final List<String> page = new ArrayList<>(List.of(
            "| database | files | tables | stock, ms | publish, ms | times faster |", "|---|---|--:|--:|--:|--:|"));

    @Test
    void prices() throws IOException {
        PostgresServer server = PostgresServer.durable();
        try (S3Server minio = S3Server.minio(folder)) {
            for (Size size : SIZES) {
                for (Place place : List.of(Place.onDisk(folder, size), Place.on(minio, size))) {
                    price("SQLite", new Lakehouse(Files.createTempDirectory(folder, "sqlite")), place, size);
                    price("PostgreSQL", new Lakehouse(folder, server.newDatabase()), place, size);
                }
            }
        }
        Files.write(Path.of("target", "bench-publish.md"), page);
    }

    private record Size(int tables, int rounds) {}

    /** Where tables lie, and how they are reached. */
    private record Place(String name, String warehouse, Map<String, String> properties, Configuration hadoop) {
        static Place onDisk(Path folder, Size size) {
            return new Place(
                    "disk",
                    folder.resolve("warehouse" + size.tables()).toString(),
                    Map.of(CatalogProperties.FILE_IO_IMPL, LocalFiles.class.getName()),
                    new Configuration(false));
        }

        static Place on(S3Server minio, Size size) {
            Configuration hadoop = new Configuration();
            hadoop.set("fs.s3a.endpoint", minio.address().toString());
            hadoop.set("fs.s3a.endpoint.region", "us-east-1");
            hadoop.set("fs.s3a.path.style.access", "true");
            hadoop.set("fs.s3a.connection.ssl.enabled", "false");
            hadoop.set("fs.s3a.access.key", S3Server.ACCESS_KEY);
            hadoop.set("fs.s3a.secret.key", S3Server.SECRET_KEY);
            hadoop.set("fs.s3a.performance.flags", "create");
            return new Place("MinIO", "s3a://" + S3Server.BUCKET + "/warehouse" + size.tables(), Map.of(), hadoop);
        }
    }

    private void price(String database, Lakehouse lakehouse, Place place, Size size) {
        Settings.Catalog settings = new Settings.Catalog(
                lakehouse.uri(), lakehouse.settings().user(), Optional.empty(), place.warehouse() + database);
        try (GalleyCatalog catalog = GalleyCatalog.open(settings, place.properties(), place.hadoop());
                JdbcCatalog stock = stock(settings, place)) {
            List<TableName> names = IntStream.range(0, size.tables())
                    .mapToObj(i -> new TableName("silver", "t" + i))
                    .toList();
            new Parallel(THREADS).each(names, name -> {
                Lakehouse.create(catalog, name.toString(), Map.of());
                Marks.append(catalog, name, "main", "first");
            });
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
                    "| %s | %s | %d | %.1f | %.1f | %.1f |",
                    database,
                    place.name(),
                    size.tables(),
                    median(theirs),
                    median(ours),
                    median(theirs) / median(ours));
            System.out.println(row);
            page.add(row);
        }
    }

    private static double publish(GalleyCatalog catalog, List<TableName> names) {
        Runs runs = Runs.open(catalog, Clock.systemUTC(), pipeline -> Optional.empty());
        try (OpenRun run = runs.open("p", RunRecord.Kind.RUN)) {
            new Parallel(THREADS).each(names, name -> {
                run.fork(name);
                Marks.append(catalog, name, run.id().branch(), run.id().text());
            });
            long begun = System.nanoTime();
            run.publish(FiveTables.nothing(run));
            return (System.nanoTime() - begun) / 1e6;
        }
    }

    private static double stepwise(GalleyCatalog catalog, JdbcCatalog stock, List<TableName> names) {
        RunId run = RunId.next(Clock.systemUTC(), new Random());
        List<RunReport.Head> audited = write(catalog, run, names);
        long begun = System.nanoTime();
        for (RunReport.Head one : audited) {
            Table table = stock.loadTable(TableIdentifier.parse(one.table().toString()));
            table.manageSnapshots().fastForwardBranch("main", run.branch()).commit();
            table.manageSnapshots().createTag(run.tag(), one.audited()).commit();
            table.manageSnapshots().removeBranch(run.branch()).commit();
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static List<RunReport.Head> write(GalleyCatalog catalog, RunId run, List<TableName> names) {
        AuditBranch branch = new AuditBranch(catalog, run);
        Queue<RunReport.Head> audited = new ConcurrentLinkedQueue<>();
        new Parallel(THREADS).each(names, name -> {
            Fork fork = branch.fork(name);
            Marks.append(catalog, name, branch.name(), run.text());
            audited.add(branch.audited(fork));
        });
        return List.copyOf(audited);
    }

    private static JdbcCatalog stock(Settings.Catalog settings, Place place) {
        Map<String, String> properties = new HashMap<>(place.properties());
        properties.put(CatalogProperties.URI, settings.uri());
        properties.put(CatalogProperties.WAREHOUSE_LOCATION, settings.warehouse());
        if (settings.user().isPresent()) {
            properties.put("jdbc.user", PostgresServer.OWNER);
        } else {
            properties.putAll(Map.of("jdbc.journal_mode", "WAL", "jdbc.synchronous", "FULL"));
        }
        JdbcCatalog stock = new JdbcCatalog();
        stock.setConf(place.hadoop());
        stock.initialize("galley", properties);
        return stock;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
