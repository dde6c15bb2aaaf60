package dev.galley.ingest.land;

import dev.galley.definition.source.RestSource;
import dev.galley.ingest.source.SourceReader;
import dev.galley.ingest.source.rest.RestSourceReader;
import dev.galley.landing.Batch;
import dev.galley.landing.BatchId;
import dev.galley.landing.BatchProgress;
import dev.galley.landing.BatchWriter;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.PartLine;
import dev.galley.landing.PartLineReader;
import dev.galley.landing.ResourceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The landing of pipeline {@code books}, written by ingests and read back as a run would. */
final class Lakeside {
    private final ObjectStore store;
    private final Landing landing;
    private Clock clock = Clock.systemUTC();
    private PartRule parts = PartRule.USUAL;

    Lakeside(ObjectStore store) {
        this.store = store;
        this.landing = new Landing(store, "books");
    }

    ObjectStore store() {
        return store;
    }

    /** Sets the clock of later ingests. */
    void at(Instant instant) {
        clock = Clock.fixed(instant, ZoneOffset.UTC);
    }

    /** Later ingests store a part after each page, where the source can go on from there. */
    Lakeside storingEachPage() {
        parts = new PartRule(BatchWriter.PART_BYTES, Duration.ZERO);
        at(Instant.parse("2026-05-01T00:00:00Z"));
        return this;
    }

    void on(Clock later, PartRule rule) {
        clock = later;
        parts = rule;
    }

    IngestSummary ingest(Path spool, RestSource source) {
        try (RestSourceReader reader = new RestSourceReader(source, clock)) {
            return ingest(spool, reader);
        }
    }

    IngestSummary ingest(Path spool, SourceReader source) {
        return new Ingest("books", store, spool, clock, IngestProgress.quiet(), parts).run(List.of(source), r -> true);
    }

    IngestSummary backfill(Path spool, SourceReader source, Backfill window) {
        return new Ingest("books", store, spool, clock, IngestProgress.quiet(), parts)
                .backfill(List.of(source), r -> true, window);
    }

    CursorEditor cursors() {
        return new CursorEditor(landing, clock);
    }

    /** What the next ingest may go on with. */
    Optional<BatchProgress> unfinished(String resource) {
        return landing.progress(landing.next(id(resource)));
    }

    List<Batch> batches(String resource) {
        return landing.batches(id(resource));
    }

    Manifest manifest(String resource, int sequence) {
        return landing.manifest(batches(resource).get(sequence - 1));
    }

    void reject(String resource, int sequence) {
        landing.reject(new BatchId(id(resource), sequence), "wrong");
    }

    /** The records' texts in the order landed; an unreadable one as its bytes and the reason. */
    List<String> records(String resource, int sequence) {
        Batch batch = batches(resource).get(sequence - 1);
        List<String> texts = new ArrayList<>();
        for (Manifest.Part part : landing.manifest(batch).parts()) {
            try (PartLineReader reader = PartLineReader.open(store, batch, part)) {
                for (Optional<PartLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                    texts.add(text(line.orElseThrow()));
                }
            }
        }
        return texts;
    }

    private static String text(PartLine envelope) {
        if (envelope instanceof PartLine.Unreadable bad) {
            return "unreadable " + new String(bad.raw(), StandardCharsets.UTF_8) + " " + bad.error();
        }
        return ((PartLine.Received) envelope).record().toString();
    }

    static ResourceId id(String resource) {
        return new ResourceId("books", "shop", resource);
    }
}
