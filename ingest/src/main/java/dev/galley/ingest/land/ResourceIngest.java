package dev.galley.ingest.land;

import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.RecordDigest;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceReader;
import dev.galley.landing.BatchId;
import dev.galley.landing.BatchWriter;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.ResourceId;
import dev.galley.landing.StoreException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lands what is new of single resources. May be used by several threads at once, a resource for each. */
final class ResourceIngest {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceIngest.class);
    private static final String WHOLE = "sha256:";

    private final ObjectStore store;
    private final Landing landing;
    private final Path spool;
    private final Clock clock;
    private final Progress progress;
    private final String ingestId;

    ResourceIngest(ObjectStore store, Landing landing, Path spool, Clock clock, Progress progress, String ingestId) {
        this.store = store;
        this.landing = landing;
        this.spool = spool;
        this.clock = clock;
        this.progress = progress;
        this.ingestId = ingestId;
    }

    /** Fetches and seals, or says why not; a failure is an outcome, so that other resources go on. */
    Outcome ingest(SourceReader source, ResourceId resource) {
        progress.started(resource);
        Outcome outcome;
        try {
            outcome = land(source, resource);
        } catch (SourceException | StoreException | UncheckedIOException e) {
            outcome = new Outcome.Failed(resource, e);
        } catch (RuntimeException e) {
            LOG.error("a fault of Galley itself while ingesting {}", resource, e);
            outcome = new Outcome.Failed(resource, e);
        }
        progress.ended(outcome);
        return outcome;
    }

    private Outcome land(SourceReader source, ResourceId resource) {
        Instant startedAt = clock.instant();
        // In this order: a batch sealed by another ingest in between is noticed at the seal.
        BatchId batch = landing.next(resource);
        Optional<Manifest> newest = landing.newest(resource);
        Crawl crawl = source.crawl(resource.resource(), CrawlStart.from(newest.flatMap(Manifest::cursorTo)));
        Optional<ReceivedPage> first = crawl.next();
        if (crawl.watermark().isPresent() && newest.isPresent() && !moved(crawl, newest.orElseThrow())) {
            return new Outcome.NothingNew(resource, "the source's clock has not moved");
        }
        RecordDigest digest = new RecordDigest();
        try (PageSink sink = new PageSink(BatchWriter.open(store, batch, ingestId, spool), resource.toString())) {
            long records = 0;
            for (Optional<ReceivedPage> page = first; page.isPresent(); page = crawl.next()) {
                ReceivedPage received = page.orElseThrow();
                if (crawl.cursorTo().isEmpty()) {
                    digest.add(received.records());
                }
                records += received.records().size();
                progress.received(resource, received.records().size());
                sink.accept(received);
            }
            String cursorTo =
                    crawl.cursorTo().orElseGet(() -> WHOLE + HexFormat.of().formatHex(digest.sum()));
            if (newest.flatMap(Manifest::cursorTo).filter(cursorTo::equals).isPresent()) {
                return new Outcome.NothingNew(
                        resource,
                        "the same list as in batch "
                                + newest.orElseThrow().batch().name());
            }
            if (records == 0 && (newest.isEmpty() || crawl.watermark().isPresent())) {
                return new Outcome.NothingNew(resource, "no records");
            }
            return seal(manifest(batch, sink.finish(), crawl, newest, cursorTo, startedAt));
        }
    }

    private static boolean moved(Crawl crawl, Manifest newest) {
        return newest.cursorTo()
                .flatMap(ResourceIngest::instant)
                .map(before -> crawl.cursorTo()
                        .flatMap(ResourceIngest::instant)
                        .orElse(Instant.MAX)
                        .isAfter(before))
                .orElse(true);
    }

    private static Optional<Instant> instant(String cursor) {
        return cursor.startsWith(WHOLE) ? Optional.empty() : Optional.of(Instant.parse(cursor));
    }

    private Manifest manifest(
            BatchId batch,
            List<Manifest.Part> parts,
            Crawl crawl,
            Optional<Manifest> newest,
            String cursorTo,
            Instant startedAt) {
        ResourceId resource = batch.resource();
        return new Manifest(
                1,
                resource.pipeline(),
                resource.source(),
                resource.resource(),
                ingestId,
                batch.sequence(),
                parts,
                crawl.window(),
                newest.flatMap(Manifest::cursorTo),
                Optional.of(cursorTo),
                crawl.watermark(),
                startedAt,
                clock.instant(),
                ToolVersion.text(),
                Optional.empty());
    }

    private Outcome seal(Manifest manifest) {
        if (landing.seal(manifest)) {
            return new Outcome.Sealed(manifest.batch().resource(), manifest);
        }
        throw new SourceException(
                SourceException.Kind.OVERTAKEN,
                "Cannot seal batch " + manifest.batch().name() + " of "
                        + manifest.batch().resource()
                        + ": another ingest sealed it first, or the batch before it was rejected meanwhile; ingest again");
    }
}
