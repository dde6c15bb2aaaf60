package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.ReceivedRecord;
import dev.galley.ingest.source.rest.http.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.http.PageFetcher.Outcome;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.landing.Cursor;
import java.util.List;
import java.util.Optional;
import okio.Buffer;

/**
 * A list that is sent only if its ETag is another one. Its cursor holds a digest of the records, too, so that a list which is
 * the same under another ETag is known as well.
 */
final class EtagTracker implements CursorTracker {
    private final Optional<Cursor.Digest> known;
    private Optional<String> cursorTo;

    EtagTracker(Optional<String> cursor) {
        this.known = cursor.map(Cursor::parse)
                .filter(Cursor.Digest.class::isInstance)
                .map(Cursor.Digest.class::cast)
                .filter(digest -> digest.etag().isPresent());
        this.cursorTo = cursor;
    }

    @Override
    public PageRequest asking(PageRequest first) {
        return known.flatMap(Cursor.Digest::etag).map(first::unless).orElse(first);
    }

    @Override
    public void learn(Fetched fetched) {
        if (fetched.outcome() != Outcome.PAGE) {
            return;
        }
        String sum = sum(fetched.page().records());
        if (known.filter(digest -> digest.sha256().equals(sum)).isEmpty()) {
            cursorTo = Optional.of(
                    new Cursor.Digest(sum, fetched.response().header("ETag").filter(Cursor.Digest::isEtag)).text());
        }
    }

    private static String sum(List<ReceivedRecord> records) {
        Buffer texts = new Buffer();
        records.forEach(record ->
                texts.write(record.body(), record.from(), record.length()).writeByte('\n'));
        return texts.sha256().hex();
    }

    @Override
    public Optional<String> cursorTo() {
        return cursorTo;
    }
}
