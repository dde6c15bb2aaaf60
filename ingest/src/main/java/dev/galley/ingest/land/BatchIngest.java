package dev.galley.ingest.land;

import dev.galley.ingest.source.Crawl;
import dev.galley.ingest.source.CrawlStart;
import dev.galley.ingest.source.ReceivedPage;
import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceReader;
import dev.galley.landing.BatchId;
import dev.galley.landing.BatchProgress;
import dev.galley.landing.BatchWriter;
import dev.galley.landing.Cursor;
import dev.galley.landing.Manifest;
import dev.galley.landing.Manifest.Traffic;
import dev.galley.landing.ResourceId;
import dev.galley.landing.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Lands what is new of one resource as one batch, or goes on with one that an earlier ingest began. For one use. */
final class BatchIngest {
    /** What an envelope adds to a record, about. */
    private static final int ENVELOPE_BYTES = 80;

    /** The pages fetched so far do not fit together: going on after them would fail again. */
    private static final Set<SourceException.Kind> DISORDER = Set.of(
            SourceException.Kind.CURSOR_LOOP, SourceException.Kind.PAGE_REPEATED, SourceException.Kind.INCOMPLETE);

    private final IngestContext context;
    private final SourceReader source;
    private final ResourceId resource;
    private final Optional<Backfill> backfill;
    private final List<Crawl> crawls = new ArrayList<>();
    private boolean noted;

    BatchIngest(IngestContext context, SourceReader source, ResourceId resource, Optional<Backfill> backfill) {
        this.context = context;
        this.source = source;
        this.resource = resource;
        this.backfill = backfill;
    }

    /** What was exchanged with the source so far. */
    Traffic traffic() {
        Traffic all = Traffic.NONE;
        for (Crawl crawl : crawls) {
            all = all.plus(crawl.traffic());
        }
        return all;
    }

    IngestOutcome land() {
        // In this order: a batch sealed by another ingest in between is noticed at the seal.
        BatchId batch = context.landing().next(resource);
        BatchTarget target = new BatchTarget(
                batch,
                context.landing().newest(resource),
                backfill,
                context.clock().instant());
        Optional<BatchProgress> stored = context.landing().progress(batch);
        noted = stored.isPresent();
        try {
            return land(target, stored.filter(target::isBegunBy));
        } catch (SourceException e) {
            if (e.kind() == SourceException.Kind.NO_WINDOW) {
                return nothing("it cannot be asked for a window of time");
            }
            if (DISORDER.contains(e.kind())) {
                forget(target, e);
            }
            throw e;
        }
    }

    private IngestOutcome land(BatchTarget target, Optional<BatchProgress> stored) {
        StartedCrawl started = StartedCrawl.by(this::open, target, stored);
        Crawl crawl = started.crawl();
        if (started.kept().isEmpty() && !moved(target, crawl)) {
            return nothing("the source's clock has not moved");
        }
        ListDigest digest =
                started.kept().map(BatchProgress::digest).map(ListDigest::of).orElseGet(ListDigest::empty);
        Optional<String> nothing;
        try (PageSink sink = new PageSink(writer(target.batch(), started), digest, resource.toString())) {
            long records = started.keptRecords() + fetch(target, started, sink);
            String cursorTo = crawl.cursorTo().orElseGet(() -> new Cursor.Digest(sink.sum(), Optional.empty()).text());
            nothing = nothingNew(target, crawl, records, cursorTo);
            if (nothing.isEmpty()) {
                Optional<String> next = backfill.isPresent() ? target.cursor() : Optional.of(cursorTo);
                Manifest manifest = manifest(target, started, sink.finish(), next);
                seal(manifest);
                return new IngestOutcome.Sealed(resource, manifest, started.keptRecords(), traffic());
            }
        }
        // What was stored on the way must not become the beginning of another night's batch.
        if (noted) {
            context.landing().forget(target.batch());
        }
        return nothing(nothing.orElseThrow());
    }

    private Crawl open(CrawlStart start) {
        Crawl crawl = source.crawl(resource.resource(), start);
        crawls.add(crawl);
        return crawl;
    }

    private BatchWriter writer(BatchId batch, StartedCrawl started) {
        // Parts are cut where pages end; only a page that is a part by itself is cut inside.
        return BatchWriter.open(
                        context.store(),
                        batch,
                        context.ingestId(),
                        context.spool(),
                        2 * context.parts().bytes())
                .after(started.kept().map(BatchProgress::parts).orElse(List.of()));
    }

    /** Returns how many records came. */
    private long fetch(BatchTarget target, StartedCrawl started, PageSink sink) {
        Crawl crawl = started.crawl();
        PartRule.Watch part = context.parts().watch(context.clock());
        long records = 0;
        for (Optional<ReceivedPage> next = started.first(); next.isPresent(); next = crawl.next()) {
            ReceivedPage page = next.orElseThrow();
            records += page.records().size();
            context.progress().received(resource, page.records().size());
            long bytes = bytes(page);
            if (crawl.cursorTo().isEmpty()) {
                sink.acceptAndSum(page, bytes);
            } else {
                sink.accept(page, bytes);
            }
            part.wrote(bytes);
            if (part.isFull() || part.isDue()) {
                Optional<BiFunction<List<Manifest.Part>, String, BatchProgress>> note =
                        crawl.checkpoint().map(checkpoint -> note(target, started, page, checkpoint));
                if (note.isPresent() || part.isFull()) {
                    noted |= note.isPresent();
                    sink.cut((parts, sum) ->
                            note.ifPresent(n -> context.landing().note(target.batch(), n.apply(parts, sum))));
                    part.stored();
                }
            }
        }
        return records;
    }

    private static long bytes(ReceivedPage page) {
        long bytes = 0;
        for (ReceivedRecord record : page.records()) {
            bytes += record.length() + ENVELOPE_BYTES;
        }
        return bytes;
    }

    /** What to note once the parts are stored, by then and by the sum over their records. */
    private BiFunction<List<Manifest.Part>, String, BatchProgress> note(
            BatchTarget target, StartedCrawl started, ReceivedPage page, String checkpoint) {
        Instant notedAt = context.clock().instant();
        Traffic traffic = allTraffic(started);
        return (parts, sum) -> new BatchProgress(
                1,
                context.ingestId(),
                startedAt(target, started),
                notedAt,
                target.cursor(),
                target.asked(),
                checkpoint,
                page.number(),
                sum,
                parts,
                traffic);
    }

    private static Instant startedAt(BatchTarget target, StartedCrawl started) {
        return started.kept().map(BatchProgress::startedAt).orElse(target.at());
    }

    /** This ingest's, and what fetching the parts took that are kept. */
    private Traffic allTraffic(StartedCrawl started) {
        return started.kept().map(BatchProgress::traffic).orElse(Traffic.NONE).plus(traffic());
    }

    /** Why there is nothing to seal, if there is not. */
    private Optional<String> nothingNew(BatchTarget target, Crawl crawl, long records, String cursorTo) {
        if (backfill.isEmpty() && target.cursor().filter(cursorTo::equals).isPresent()) {
            return Optional.of("the same list as in batch "
                    + target.newest().orElseThrow().batch().name());
        }
        boolean empty = records == 0
                && (backfill.isPresent()
                        || target.newest().isEmpty()
                        || crawl.watermark().isPresent());
        return empty ? Optional.of("no records") : Optional.empty();
    }

    private boolean moved(BatchTarget target, Crawl crawl) {
        if (backfill.isPresent()
                || crawl.watermark().isEmpty()
                || target.cursor().isEmpty()) {
            return true;
        }
        Optional<Cursor> before = target.cursor().map(Cursor::parse);
        Optional<Cursor> now = crawl.cursorTo().map(Cursor::parse);
        return !(before.orElse(null) instanceof Cursor.Time earlier)
                || !(now.orElse(null) instanceof Cursor.Time later)
                || later.at().isAfter(earlier.at());
    }

    private Manifest manifest(
            BatchTarget target, StartedCrawl started, List<Manifest.Part> parts, Optional<String> cursorTo) {
        return new Manifest(
                1,
                resource.pipeline(),
                resource.source(),
                resource.resource(),
                context.ingestId(),
                target.batch().sequence(),
                parts,
                started.crawl().window(),
                target.cursor(),
                cursorTo,
                started.crawl().watermark(),
                startedAt(target, started),
                context.clock().instant(),
                ToolVersion.text(),
                Optional.of(allTraffic(started)));
    }

    private void seal(Manifest manifest) {
        if (!context.landing().seal(manifest)) {
            throw CursorEditor.overtaken(manifest.batch());
        }
    }

    private IngestOutcome nothing(String why) {
        return new IngestOutcome.NothingNew(resource, why, traffic());
    }

    private void forget(BatchTarget target, SourceException failure) {
        try {
            if (noted) {
                context.landing().forget(target.batch());
            }
        } catch (StoreException e) {
            failure.addSuppressed(e);
        }
    }
}
