package dev.galley.spark.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.run.RunId;
import dev.galley.catalog.run.RunRecord;
import dev.galley.catalog.run.Runs;
import dev.galley.definition.Pipeline;
import dev.galley.definition.PipelineReader;
import dev.galley.definition.failure.NextStep;
import dev.galley.definition.failure.UsageException;
import dev.galley.definition.settings.Settings;
import dev.galley.definition.yaml.DefinitionException;
import dev.galley.landing.Landing;
import dev.galley.landing.ObjectStore;
import dev.galley.spark.store.HadoopObjectStore;
import dev.galley.spark.store.S3aSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** What every command works with: the settings and, opened from them, catalog, ledger and object store. Starts no Spark. */
public final class Workspace implements AutoCloseable {
    private final Settings settings;
    private final Clock clock;
    private final GalleyCatalog catalog;
    private final Runs runs;
    private final ObjectStore store;

    private Workspace(Settings settings, Clock clock, Configuration hadoop, ObjectStore store) {
        this.settings = settings;
        this.clock = clock;
        this.catalog = GalleyCatalog.open(settings.catalog(), Map.of(), hadoop);
        this.runs = Runs.open(catalog, clock, this::retention);
        this.store = store;
    }

    /** Opens all; creates the catalog's database and tables if there are none. The caller closes it. */
    public static Workspace open(Settings settings, Clock clock) {
        Configuration hadoop = new Configuration();
        S3aSettings.hadoop(settings.store()).forEach(hadoop::set);
        return new Workspace(settings, clock, hadoop, HadoopObjectStore.open(settings.store()));
    }

    /** As {@link #open}, on a store given, which it closes; the warehouse is one that Hadoop finds unaided. */
    public static Workspace on(ObjectStore store, Settings settings, Clock clock) {
        return new Workspace(settings, clock, new Configuration(), store);
    }

    public Settings settings() {
        return settings;
    }

    public Clock clock() {
        return clock;
    }

    public GalleyCatalog catalog() {
        return catalog;
    }

    public Runs runs() {
        return runs;
    }

    /**
     * Reads a run of the ledger.
     *
     * @throws UsageException if the ledger has no such run
     */
    public RunRecord run(RunId id) {
        return runs.find(id).orElseThrow(() -> new UsageException("No run " + id, NextStep.runs("PIPELINE")));
    }

    /** Lists the pipelines that have a folder, by name. */
    public List<String> pipelines() {
        try (Stream<Path> folders = Files.list(settings.pipelines())) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + settings.pipelines(), e);
        }
    }

    /** Of a pipeline as its files are now; empty if they cannot be read, or there are none any more. */
    private Optional<Pipeline.TagRetention> retention(String pipeline) {
        try {
            return Optional.of(PipelineReader.readOffline(settings.pipelines().resolve(pipeline))
                    .retention());
        } catch (DefinitionException e) {
            return Optional.empty(); // the next run says what is wrong with them
        }
    }

    public ObjectStore store() {
        return store;
    }

    public Landing landing(String pipeline) {
        return new Landing(store, pipeline);
    }

    @Override
    public void close() {
        store.close();
        catalog.close();
    }
}
