package dev.galley.spark.run;

import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.Status;
import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.settings.Settings;
import dev.galley.definition.table.TableName;
import dev.galley.definition.yaml.Secret;
import dev.galley.landing.Batch;
import dev.galley.landing.BatchId;
import dev.galley.landing.BatchWriter;
import dev.galley.landing.JsonText;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.RecordPosition;
import dev.galley.landing.ResourceId;
import dev.galley.spark.SharedSpark;
import dev.galley.spark.TypedSteps;
import dev.galley.spark.action.CatalogView;
import dev.galley.spark.plan.Planner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lakehouse in a folder with a pipeline of its own: SQLite, local disk, a session of the shared Spark. */
public final class LocalLakehouse implements AutoCloseable {
    private static final Manifest.Window ALL = new Manifest.Window(Optional.empty(), Optional.empty());
    private static final String INGEST = "20261121T113000Z-000000";

    /** A run that takes what is new, and publishes it if the pipeline says so. */
    public static final RunOptions USUAL = new RunOptions(Planner.Refresh.WHAT_IS_NEW, RunOptions.Publish.AS_DECLARED);

    private final Path folder;
    private final Path files;
    private final Workspace workspace;
    private final SparkSession session;
    private final List<String> said = new ArrayList<>();

    /** @param pipeline a pipeline's folder; a copy of it is what runs */
    public LocalLakehouse(Path folder, Path pipeline) {
        this(folder, pipeline, folder.resolve("warehouse").toUri().toString().replaceAll("/$", ""));
    }

    /** @param warehouse where tables are, as their metadata names it */
    LocalLakehouse(Path folder, Path pipeline, String warehouse) {
        this.folder = folder;
        this.files = folder.resolve("pipelines").resolve(pipeline.getFileName().toString());
        copy(pipeline, files);
        try {
            Files.createDirectories(folder.resolve("bucket"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.workspace =
                Workspace.on(new FolderStore(folder.resolve("bucket")), settings(folder, warehouse), Clock.systemUTC());
        this.session = SharedSpark.session(workspace.catalog().properties());
        // As Sessions does for small runs.
        session.conf().set("spark.sql.shuffle.partitions", "1");
        session.conf().set("spark.sql.optimizer.runtime.rowLevelOperationGroupFilter.enabled", "false");
        SparkSession.setActiveSession(session); // catalogs take their settings from it
    }

    /** The folder of a pipeline among the test resources. */
    public static Path resource(String pipeline) {
        return Path.of(System.getProperty("galley.root"), "spark-jobs/src/test/resources/pipelines", pipeline);
    }

    /** A pipeline's folder with those files: path to text. */
    public static Path written(Path pipeline, Map<String, String> files) {
        files.forEach((name, text) -> {
            try {
                Path file = pipeline.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return pipeline;
    }

    public Workspace workspace() {
        return workspace;
    }

    public SparkSession session() {
        return session;
    }

    /** A session that sees the tables as they were. */
    SparkSession session(CatalogView state) {
        Map<String, String> properties = new HashMap<>(workspace.catalog().properties());
        properties.putAll(state.properties());
        return SharedSpark.session(properties);
    }

    /** The pipeline as its files are now. */
    public Pipeline pipeline() {
        return PipelineReader.readOffline(files);
    }

    /** What the runs said of themselves, line by line. */
    public List<String> said() {
        return List.copyOf(said);
    }

    /** The pipeline's folder. */
    public Path files() {
        return files;
    }

    /** All rows that readers see now, of every table but reports. */
    public Map<String, List<String>> everything() {
        Map<String, List<String>> tables = new TreeMap<>();
        for (TableName table : workspace.catalog().locations().keySet()) {
            if (!table.namespace().equals("ops")) {
                tables.put(
                        table.toString(),
                        rows("SELECT * FROM " + table).stream().sorted().toList());
            }
        }
        return tables;
    }

    /** Changes a file of the pipeline; fails if {@code old} is not in it. */
    public LocalLakehouse edit(String file, String old, String now) {
        try {
            Path path = files.resolve(file);
            String text = Files.readString(path);
            if (!text.contains(old)) {
                throw new IllegalArgumentException(file + " does not hold: " + old);
            }
            Files.writeString(path, text.replace(old, now));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seals the next batch of a resource: its records as JSON. */
    public BatchId land(String resource, String... records) {
        return land(resource, Optional.empty(), ALL, records);
    }

    /** Seals the next batch of a resource as one that a person asked for: an empty one of this window. */
    BatchId landWindow(String resource, String since, String until) {
        return land(resource, Optional.empty(), new Manifest.Window(Optional.of(since), Optional.of(until)));
    }

    /** Seals the next batch of a resource that is fetched for each record of another; {@code parent} is the key of one. */
    public BatchId landChildren(String resource, String parent, String... records) {
        return land(resource, Optional.of(JsonText.of(parent)), ALL, records);
    }

    /** Takes a batch out of the landing, seal and all. */
    void lose(BatchId batch) {
        Batch sealed = workspace.landing(batch.resource().pipeline()).batches(batch.resource()).stream()
                .filter(there -> there.id().equals(batch))
                .findFirst()
                .orElseThrow();
        workspace
                .store()
                .list(sealed.folder())
                .forEach(object -> workspace.store().delete(object.key()));
    }

    private BatchId land(String resource, Optional<JsonText> parent, Manifest.Window window, String... records) {
        Pipeline pipeline = pipeline();
        String source = pipeline.sources().get(0).name();
        Landing landing = workspace.landing(pipeline.name());
        BatchId batch = landing.next(new ResourceId(pipeline.name(), source, resource));
        Instant now = workspace.clock().instant();
        List<Manifest.Part> parts;
        try (BatchWriter writer =
                BatchWriter.open(workspace.store(), batch, INGEST, folder.resolve("spool"), BatchWriter.PART_BYTES)) {
            for (int i = 0; i < records.length; i++) {
                RecordPosition at = new RecordPosition(1, i, now);
                JsonText record = JsonText.of(records[i]);
                if (parent.isPresent()) {
                    writer.append(at, parent.get(), record);
                } else {
                    writer.append(at, record);
                }
            }
            parts = writer.finish();
        }
        Manifest manifest = new Manifest(
                1,
                pipeline.name(),
                source,
                resource,
                INGEST,
                batch.sequence(),
                parts,
                window,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                "test",
                Optional.of(new Manifest.Traffic(2, 1, 100, Duration.ofMillis(1500))));
        if (!landing.seal(manifest)) {
            throw new IllegalStateException("sealed already: " + batch);
        }
        return batch;
    }

    public RunOutcome run() {
        return run(USUAL);
    }

    public RunOutcome run(RunOptions options) {
        return new Runner(workspace, pipeline(), progress()).run(options, bytes -> session);
    }

    private Progress progress() {
        return new Progress() {
            @Override
            public void say(String line) {
                said.add(line);
            }

            @Override
            public void suggest(NextStep step) {
                said.addAll(TypedSteps.of(List.of(step)));
            }
        };
    }

    /** The rows of a query as text, in its order. */
    public List<String> rows(String sql) {
        return session.sql(sql).collectAsList().stream().map(Row::toString).toList();
    }

    /** The statuses of the runs of pipeline {@code shop}, newest first. */
    List<Status> statuses() {
        return workspace.runs().list("shop", 100).stream()
                .map(RunRecord::status)
                .toList();
    }

    /** The names of the branches and tags of a table. */
    List<String> refs(String table) {
        return List.copyOf(workspace.catalog().load(TableName.of(table)).refs().keySet());
    }

    /** Closes what was opened; the session and the folder stay. */
    @Override
    public void close() {
        SparkSession.setActiveSession(SharedSpark.session());
        workspace.close();
    }

    private static Settings settings(Path folder, String warehouse) {
        return new Settings(
                folder,
                folder.resolve("pipelines"),
                new Settings.Catalog(
                        "jdbc:sqlite:" + folder.resolve("catalog.db"), Optional.empty(), Optional.empty(), warehouse),
                new Settings.Store(URI.create("http://127.0.0.1:1"), "none", "bucket", "none", new Secret("none")));
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
