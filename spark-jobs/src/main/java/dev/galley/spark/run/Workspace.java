package dev.galley.spark.run;

import dev.galley.catalog.GalleyCatalog;
import dev.galley.catalog.ledger.Leases;
import dev.galley.catalog.ledger.Ledger;
import dev.galley.catalog.ledger.Run;
import dev.galley.catalog.ledger.RunId;
import dev.galley.catalog.ledger.Status;
import dev.galley.catalog.wap.Publication;
import dev.galley.catalog.wap.Recovery;
import dev.galley.definition.settings.Settings;
import dev.galley.landing.Landing;
import dev.galley.landing.ObjectStore;
import dev.galley.spark.store.HadoopObjectStore;
import dev.galley.spark.store.S3aSettings;
import java.time.Clock;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** What every command works with: the settings and, opened from them, catalog, ledger and object store. Starts no Spark. */
public final class Workspace implements AutoCloseable {
    private static final int PUBLISHING_THREADS = 8;

    private final Settings settings;
    private final Clock clock;
    private final GalleyCatalog catalog;
    private final Ledger ledger;
    private final Leases leases;
    private final ObjectStore store;

    private Workspace(Settings settings, Clock clock, Configuration hadoop, ObjectStore store) {
        this.settings = settings;
        this.clock = clock;
        this.catalog = GalleyCatalog.open(settings.catalog(), Map.of(), hadoop);
        this.ledger = Ledger.open(catalog.database(), clock);
        this.leases = new Leases(catalog.database(), clock);
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

    public Ledger ledger() {
        return ledger;
    }

    public Leases leases() {
        return leases;
    }

    public Recovery recovery() {
        return new Recovery(catalog, ledger, leases);
    }

    public Publication publication() {
        return new Publication(catalog, ledger, clock, PUBLISHING_THREADS);
    }

    /**
     * Refuses to go on where a run waits for a person; ask while holding the lease.
     *
     * @throws HeldRunException if an audited run of the pipeline waits
     */
    public void requireNoneHeld(String pipeline) {
        ledger.newest(pipeline, Status.HELD).ifPresent(held -> {
            throw new HeldRunException(held.id());
        });
    }

    /**
     * A run of the ledger.
     *
     * @throws IllegalArgumentException if the ledger has no such run
     */
    public Run run(RunId id) {
        return ledger.run(id)
                .orElseThrow(() -> new IllegalArgumentException("No run " + id + "; see bin/galley runs PIPELINE"));
    }

    /** Ends a run of this process as failed; a failure to do so is noted with the cause. */
    public void fail(RunId run, String pipeline, RuntimeException cause) {
        try {
            recovery()
                    .fail(
                            run,
                            ExitCode.of(cause),
                            RunReport.empty(run, pipeline).toJson());
        } catch (RuntimeException e) {
            cause.addSuppressed(e); // the next command settles what is left
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
