package dev.galley.ingest.source.rest;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.rest.http.PageFetcher.Fetched;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.json.LastRecord;
import java.util.Optional;
import java.util.regex.Pattern;

/** A feed that goes on after the position of the last record had. The cursor is {@code position:<position>}. */
final class PositionTracker implements CursorTracker {
    private static final String PREFIX = "position:";
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");

    private final Pagination.Position declared;
    private Optional<JsonScalar> position;

    /** A cursor of another kind counts as none. */
    PositionTracker(Pagination pagination, Optional<String> cursor) {
        if (!(pagination instanceof Pagination.Position pages)) {
            throw new IllegalArgumentException("A cursor by position needs pages by position, not " + pagination);
        }
        this.declared = pages;
        this.position =
                cursor.filter(text -> text.startsWith(PREFIX)).map(text -> position(text.substring(PREFIX.length())));
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
        return position.map(value -> PREFIX + text(value));
    }

    /** A text that would be read as something else stands in quotes. */
    private static String text(JsonScalar position) {
        boolean odd = position.text().startsWith("\"")
                || NUMBER.matcher(position.text()).matches();
        return position.quoted() && odd ? position.json() : position.text();
    }

    private static JsonScalar position(String text) {
        return text.startsWith("\"")
                ? Steps.scalar(text)
                : new JsonScalar(text, !NUMBER.matcher(text).matches());
    }
}
