package dev.galley.ingest.source.rest;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.rest.http.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.json.LastRecord;
import dev.galley.landing.Cursor;
import java.util.Optional;

/** A feed that goes on after the position of the last record had. */
final class PositionTracker implements CursorTracker {
    private final Pagination.Position declared;
    private Optional<JsonScalar> position;

    /** A cursor of another kind counts as none. */
    PositionTracker(Pagination pagination, Optional<String> cursor) {
        if (!(pagination instanceof Pagination.Position pages)) {
            throw new IllegalArgumentException("A cursor by position needs pages by position, not " + pagination);
        }
        this.declared = pages;
        this.position = cursor.map(Cursor::parse)
                .filter(Cursor.Position.class::isInstance)
                .map(Cursor.Position.class::cast)
                .map(known -> new JsonScalar(known.value(), known.quoted()));
    }

    @Override
    public PageRequest asking(PageRequest first) {
        return position.map(after -> first.with(declared.parameter(), after)).orElse(first);
    }

    @Override
    public void learn(Fetched fetched) {
        if (!fetched.page().records().isEmpty()) {
            position = Optional.of(LastRecord.of(fetched.page()).key(declared.field()));
        }
    }

    @Override
    public Optional<String> cursorTo() {
        return position.map(value -> new Cursor.Position(value.text(), value.quoted()).text());
    }
}
