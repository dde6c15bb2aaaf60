package dev.galley.ingest.land;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceReader;
import dev.galley.landing.Manifest.Traffic;
import dev.galley.landing.ResourceId;
import dev.galley.landing.StoreException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lands what is new of single resources. May be used by several threads at once, a resource for each. */
final class ResourceIngest {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceIngest.class);

    private final IngestContext context;
    private final Optional<Backfill> backfill;

    ResourceIngest(IngestContext context, Optional<Backfill> backfill) {
        this.context = context;
        this.backfill = backfill;
    }

    /** Fetches and seals, or says why not; a failure is an outcome, so that other resources go on. */
    IngestOutcome ingest(SourceReader source, ResourceId resource) {
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
        log(outcome);
        context.progress().ended(outcome);
        return outcome;
    }

    private void log(IngestOutcome outcome) {
        Traffic traffic = outcome.traffic();
        LOG.atInfo()
                .addKeyValue("ingest", context.ingestId())
                .addKeyValue("resource", outcome.resource())
                .addKeyValue("records", outcome.records())
                .addKeyValue("requests", traffic.requests())
                .addKeyValue("retries", traffic.retries())
                .addKeyValue("bytes", traffic.bytes())
                .addKeyValue("throttled_ms", traffic.throttled().toMillis())
                .log("{} {}: {}", outcome.resource(), outcome.status(), outcome.detail());
    }
}
