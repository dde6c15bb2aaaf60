package dev.galley.ingest.land;

import dev.galley.definition.failure.UsageException;
import dev.galley.definition.yaml.DateOrInstant;
import dev.galley.ingest.source.SourceException;
import dev.galley.landing.BatchId;
import dev.galley.landing.Cursor;
import dev.galley.landing.Landing;
import dev.galley.landing.Manifest;
import dev.galley.landing.ResourceId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Moves cursors: seals a batch without parts that says where the next ingest continues. So a cursor stands where it always
 * does, and a rejection takes back what was set after it.
 */
public final class CursorEditor {
    private final Landing landing;
    private final Clock clock;

    public CursorEditor(Landing landing, Clock clock) {
        this.landing = landing;
        this.clock = clock;
    }

    /**
     * Moves the cursor to where {@link #planned} says. Returns the seal.
     *
     * @throws UsageException as {@link #planned} does
     * @throws SourceException of kind OVERTAKEN if an ingest sealed a batch meanwhile
     */
    public Manifest move(ResourceId resource, Optional<String> cursor) {
        return seal(resource, planned(resource, cursor));
    }

    /**
     * Tells where the next ingest would continue: at {@code cursor}, an instant or a date where the resource's cursor is a time,
     * a number where it is a position; without one it would fetch all there is. Changes nothing.
     *
     * @throws UsageException if it cannot be a cursor of the resource, or none is there to forget
     */
    public Optional<String> planned(ResourceId resource, Optional<String> cursor) {
        Optional<String> current = landing.newest(resource).flatMap(Manifest::cursorTo);
        if (cursor.isEmpty() && current.isEmpty()) {
            throw new UsageException(
                    "Cannot reset " + resource + ": it has no cursor, the next ingest fetches all there is");
        }
        return cursor.map(wanted -> like(resource, current, wanted));
    }

    private Manifest seal(ResourceId resource, Optional<String> cursor) {
        // In this order: a batch sealed by another ingest in between is noticed at the seal.
        BatchId batch = landing.next(resource);
        Optional<String> before = landing.newest(resource).flatMap(Manifest::cursorTo);
        Instant now = clock.instant();
        Manifest manifest = new Manifest(
                1,
                resource.pipeline(),
                resource.source(),
                resource.resource(),
                IngestId.next(clock),
                batch.sequence(),
                List.of(),
                new Manifest.Window(Optional.empty(), Optional.empty()),
                before,
                cursor,
                Optional.empty(),
                now,
                now,
                ToolVersion.text(),
                Optional.empty());
        if (!landing.seal(manifest)) {
            throw overtaken(batch);
        }
        return manifest;
    }

    static SourceException overtaken(BatchId batch) {
        return new SourceException(
                SourceException.Kind.OVERTAKEN,
                "Cannot seal batch " + batch.name() + " of " + batch.resource()
                        + ": another ingest sealed it first, or the batch before it was rejected meanwhile; ingest again");
    }

    /** What was wanted, as cursors like the current one are written. */
    private static String like(ResourceId resource, Optional<String> current, String wanted) {
        String number = wanted.replaceFirst("^position:", "");
        boolean isNumber = number.matches("[0-9]{1,18}");
        Optional<Cursor> now = current.map(Cursor::parse);
        String kind;
        if (now.isEmpty() ? isNumber : now.orElseThrow() instanceof Cursor.Position) {
            if (isNumber) {
                return new Cursor.Position(number, false).text();
            }
            kind = "it is a position, say a number";
        } else if (now.isEmpty() || now.orElseThrow() instanceof Cursor.Time) {
            Optional<Instant> time = DateOrInstant.parse(wanted);
            if (time.isPresent()) {
                return new Cursor.Time(time.orElseThrow()).text();
            }
            kind = "it is a time, say 2026-01-31T00:00:00Z or 2026-01-31";
        } else {
            kind = "it is a sum over the whole list; use --reset to fetch the list again";
        }
        throw new UsageException("Cannot set the cursor of " + resource + " to " + wanted + ": " + kind);
    }
}
