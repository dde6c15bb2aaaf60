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

/** Lands what is new of one resource as one batch, or goes on with one that an earlier ingest began. For one use. */
final class BatchIngest {
    /** What an envelope adds to a record, about. */
    private static final int ENVELOPE_BYTES = 80;

    /** The pages fetched so far do not fit together: going on after them would fail again. */
    private static final Set<SourceException.Kind> DISORDER = Set.of(
            SourceException.Kind.CURSOR_LOOP, SourceException.Kind.PAGE_REPEATED, SourceException.Kind.INCOMPLETE);

    private final IngestContext place;
    private final SourceReader source;
    private final ResourceId resource;
    private final Optional<Backfill> backfill;
    private final List<Crawl> crawls = new ArrayList<>();
    private boolean noted;

    BatchIngest(IngestContext place, SourceReader source, ResourceId resource, Optional<Backfill> backfill) {
        this.place = place;
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
        BatchId batch = place.landing().next(resource);
        BatchTarget goal = new BatchTarget(
                batch, place.landing().newest(resource), backfill, place.clock().instant());
        Optional<BatchProgress> stored = place.landing().progress(batch);
        noted = stored.isPresent();
        try {
            return land(goal, stored.filter(goal::isBegunBy));
        } catch (SourceException e) {
            if (e.kind() == SourceException.Kind.NO_WINDOW) {
                return nothing("it cannot be asked for a window of time");
            }
            if (DISORDER.contains(e.kind())) {
                forget(goal, e);
            }
            throw e;
        }
    }

    private IngestOutcome land(BatchTarget goal, Optional<BatchProgress> stored) {
        StartedCrawl begun = StartedCrawl.by(this::open, goal, stored);
        Crawl crawl = begun.crawl();
        if (begun.kept().isEmpty() && !moved(goal, crawl)) {
            return nothing("the source's clock has not moved");
        }
        ListDigest digest =
                begun.kept().map(BatchProgress::digest).map(ListDigest::of).orElseGet(ListDigest::empty);
        Optional<String> nothing;
        try (PageSink sink = new PageSink(writer(goal.batch(), begun), digest, resource.toString())) {
            long records = begun.keptRecords() + fetch(goal, begun, sink);
            String cursorTo = crawl.cursorTo().orElseGet(() -> new Cursor.Digest(sink.sum(), Optional.empty()).text());
            nothing = nothingNew(goal, crawl, records, cursorTo);
            if (nothing.isEmpty()) {
                Optional<String> next = backfill.isPresent() ? goal.cursor() : Optional.of(cursorTo);
                Manifest manifest = manifest(goal, begun, sink.finish(), next);
                seal(manifest);
                return new IngestOutcome.Sealed(resource, manifest, begun.keptRecords(), traffic());
            }
        }
        // What was stored on the way must not become the beginning of another night's batch.
        if (noted) {
            place.landing().forget(goal.batch());
        }
        return nothing(nothing.orElseThrow());
    }

    private Crawl open(CrawlStart start) {
        Crawl crawl = source.crawl(resource.resource(), start);
        crawls.add(crawl);
        return crawl;
    }

    private BatchWriter writer(BatchId batch, StartedCrawl begun) {
        // Parts are cut where pages end; only a page that is a part by itself is cut inside.
        return BatchWriter.open(
                        place.store(),
                        batch,
                        place.ingestId(),
                        place.spool(),
                        2 * place.parts().bytes())
                .after(begun.kept().map(BatchProgress::parts).orElse(List.of()));
    }

    /** Returns how many records came. */
    private long fetch(BatchTarget goal, StartedCrawl begun, PageSink sink) {
        Crawl crawl = begun.crawl();
        PartRule.Watch part = place.parts().watch(place.clock());
        long records = 0;
        for (Optional<ReceivedPage> next = begun.first(); next.isPresent(); next = crawl.next()) {
            ReceivedPage page = next.orElseThrow();
            records += page.records().size();
            place.progress().received(resource, page.records().size());
            long bytes = bytes(page);
            if (crawl.cursorTo().isEmpty()) {
                sink.acceptAndSum(page, bytes);
            } else {
                sink.accept(page, bytes);
            }
            part.wrote(bytes);
            if (part.isFull() || part.isDue()) {
                Optional<BatchProgress> note =
                        crawl.checkpoint().map(checkpoint -> note(goal, begun, page, checkpoint));
                if (note.isPresent() || part.isFull()) {
                    noted |= note.isPresent();
                    sink.cut((parts, sum) ->
                            note.ifPresent(n -> place.landing().note(goal.batch(), n.with(parts, sum))));
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

    private BatchProgress note(BatchTarget goal, StartedCrawl begun, ReceivedPage page, String checkpoint) {
        return new BatchProgress(
                1,
                place.ingestId(),
                startedAt(goal, begun),
                place.clock().instant(),
                goal.cursor(),
                goal.asked(),
                checkpoint,
                page.number(),
                "",
                List.of(),
                allTraffic(begun));
    }

    private static Instant startedAt(BatchTarget goal, StartedCrawl begun) {
        return begun.kept().map(BatchProgress::startedAt).orElse(goal.at());
    }

    /** This ingest's, and what fetching the parts took that are kept. */
    private Traffic allTraffic(StartedCrawl begun) {
        return begun.kept().map(BatchProgress::traffic).orElse(Traffic.NONE).plus(traffic());
    }

    /** Why there is nothing to seal, if there is not. */
    private Optional<String> nothingNew(BatchTarget goal, Crawl crawl, long records, String cursorTo) {
        if (backfill.isEmpty() && goal.cursor().filter(cursorTo::equals).isPresent()) {
            return Optional.of("the same list as in batch "
                    + goal.newest().orElseThrow().batch().name());
        }
        boolean empty = records == 0
                && (backfill.isPresent()
                        || goal.newest().isEmpty()
                        || crawl.watermark().isPresent());
        return empty ? Optional.of("no records") : Optional.empty();
    }

    private boolean moved(BatchTarget goal, Crawl crawl) {
        if (backfill.isPresent() || crawl.watermark().isEmpty() || goal.cursor().isEmpty()) {
            return true;
        }
        Optional<Cursor> before = goal.cursor().map(Cursor::parse);
        Optional<Cursor> now = crawl.cursorTo().map(Cursor::parse);
        return !(before.orElse(null) instanceof Cursor.Time earlier)
                || !(now.orElse(null) instanceof Cursor.Time later)
                || later.at().isAfter(earlier.at());
    }

    private Manifest manifest(
            BatchTarget goal, StartedCrawl begun, List<Manifest.Part> parts, Optional<String> cursorTo) {
        return new Manifest(
                1,
                resource.pipeline(),
                resource.source(),
                resource.resource(),
                place.ingestId(),
                goal.batch().sequence(),
                parts,
                begun.crawl().window(),
                goal.cursor(),
                cursorTo,
                begun.crawl().watermark(),
                startedAt(goal, begun),
                place.clock().instant(),
                ToolVersion.text(),
                Optional.of(allTraffic(begun)));
    }

    private void seal(Manifest manifest) {
        if (!place.landing().seal(manifest)) {
            throw CursorEditor.overtaken(manifest.batch());
        }
    }

    private IngestOutcome nothing(String why) {
        return new IngestOutcome.NothingNew(resource, why, traffic());
    }

    private void forget(BatchTarget goal, SourceException failure) {
        try {
            if (noted) {
                place.landing().forget(goal.batch());
            }
        } catch (StoreException e) {
            failure.addSuppressed(e);
        }
    }
}
