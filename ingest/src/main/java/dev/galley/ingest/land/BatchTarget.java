package dev.galley.ingest.land;

import dev.galley.ingest.source.CrawlStart;
import dev.galley.landing.BatchId;
import dev.galley.landing.BatchProgress;
import dev.galley.landing.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The batch to land.
 *
 * @param newest the batch it follows, whose cursor it continues from
 * @param backfill a window asked for, in place of the one that follows from the cursor
 * @param at when the ingest began with it
 */
record BatchTarget(BatchId batch, Optional<Manifest> newest, Optional<Backfill> backfill, Instant at) {
    /** An answer of before then says little about the source as it is; a night later it still counts. */
    private static final Duration LONGEST_BREAK = Duration.ofDays(2);

    Optional<String> cursor() {
        return newest.flatMap(Manifest::cursorTo);
    }

    CrawlStart start(Optional<String> checkpoint) {
        return new CrawlStart(cursor(), checkpoint, backfill.map(Backfill::since), backfill.flatMap(Backfill::until));
    }

    /** The window asked for, as text; open where the cursor decides. */
    Manifest.Window asked() {
        return new Manifest.Window(
                backfill.map(Backfill::since).map(Instant::toString),
                backfill.flatMap(Backfill::until).map(Instant::toString));
    }

    /** Whether what an earlier ingest stored belongs into this batch. */
    boolean isBegunBy(BatchProgress unfinished) {
        return unfinished.cursorFrom().equals(cursor())
                && unfinished.asked().equals(asked())
                && unfinished.notedAt().isAfter(at.minus(LONGEST_BREAK));
    }
}
