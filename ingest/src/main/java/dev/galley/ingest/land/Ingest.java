package dev.galley.ingest.land;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceReader;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest.Traffic;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.ResourceId;
import dev.galley.landing.StoreException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls what is new from the sources of a pipeline and lands it: for each resource with news one sealed batch. What fails or
 * is cut short leaves nothing visible, and other resources go on; the next ingest goes on after what is stored already, where
 * the source can.
 */
public final class Ingest {
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

    private final String pipeline;
    private final ObjectStore store;
    private final Path spool;
    private final Clock clock;
    private final IngestProgress progress;
    private final PartRule parts;

    /** @param spool a local folder for parts being written */
    public Ingest(
            String pipeline, ObjectStore store, Path spool, Clock clock, IngestProgress progress, PartRule parts) {
        this.pipeline = pipeline;
        this.store = store;
        this.spool = spool;
        this.clock = clock;
        this.progress = progress;
        this.parts = parts;
    }

    /** Ingests the resources that {@code selected} takes, source by source; the caller closes the sources. */
    public IngestSummary run(List<? extends SourceReader> sources, Predicate<ResourceId> selected) {
        return run(sources, selected, Optional.empty());
    }

    /** Lands what the sources hold of a window, and leaves all cursors where they are; whole lists are passed over. */
    public IngestSummary backfill(
            List<? extends SourceReader> sources, Predicate<ResourceId> selected, Backfill window) {
        return run(sources, selected, Optional.of(window));
    }

    private IngestSummary run(
            List<? extends SourceReader> sources, Predicate<ResourceId> selected, Optional<Backfill> backfill) {
        Instant start = clock.instant();
        SpoolFolder.sweep(spool, start);
        String ingestId = IngestId.next(clock);
        IngestContext context =
                new IngestContext(store, new Landing(store, pipeline), spool, clock, progress, parts, ingestId);
        List<IngestOutcome> outcomes = new ArrayList<>();
        for (SourceReader source : sources) {
            outcomes.addAll(new ResourceSchedule(source)
                    .run(
                            resource -> selected.test(id(source, resource)),
                            resource -> ingest(context, source, id(source, resource), backfill)));
        }
        return new IngestSummary(pipeline, ingestId, outcomes, start, Duration.between(start, clock.instant()));
    }

    private ResourceId id(SourceReader source, String resource) {
        return new ResourceId(pipeline, source.name(), resource);
    }

    /** Fetches and seals, or says why not; a failure is an outcome, so that other resources go on. */
    private static IngestOutcome ingest(
            IngestContext context, SourceReader source, ResourceId resource, Optional<Backfill> backfill) {
        context.progress().started(resource);
        BatchIngest batch = new BatchIngest(context, source, resource, backfill);
        IngestOutcome outcome;
        try {
            outcome = batch.land();
        } catch (SourceException | StoreException | UncheckedIOException e) {
            outcome = new IngestOutcome.Failed(resource, e, batch.traffic());
        } catch (RuntimeException e) {
            LOG.error("a fault of Galley itself while ingesting {}", resource, e);
            outcome = new IngestOutcome.Failed(resource, e, batch.traffic());
        }
        log(context.ingestId(), outcome);
        context.progress().ended(outcome);
        return outcome;
    }

    private static void log(String ingestId, IngestOutcome outcome) {
        Traffic traffic = outcome.traffic();
        LOG.atInfo()
                .addKeyValue("ingest", ingestId)
                .addKeyValue("resource", outcome.resource())
                .addKeyValue("records", outcome.records())
                .addKeyValue("requests", traffic.requests())
                .addKeyValue("retries", traffic.retries())
                .addKeyValue("bytes", traffic.bytes())
                .addKeyValue("throttled_ms", traffic.throttled().toMillis())
                .log("{} {}: {}", outcome.resource(), outcome.status(), outcome.detail());
    }
}
