package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.source.Pagination.CursorEnd;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.PageRequest;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cursor that came with the last page, as long as the flag says so or, without one, until the declared end.
 *
 * @param places JSON pointers to the cursor, if it stands in the body
 * @param cursor of an answer
 */
record CursorPager(Pagination.ByCursor declared, Set<String> places, Function<Turn, Optional<JsonScalar>> cursor)
        implements Pager {
    static CursorPager of(Pagination.BodyCursor declared) {
        String place = declared.cursorPointer();
        return new CursorPager(declared, Set.of(place), turn -> turn.page().value(place));
    }

    static CursorPager of(Pagination.HeaderCursor declared) {
        return new CursorPager(
                declared,
                Set.of(),
                turn -> turn.response().header(declared.header()).map(JsonScalar::text));
    }

    @Override
    public Set<String> pointers() {
        return Stream.concat(places.stream(), declared.morePointer().stream()).collect(Collectors.toSet());
    }

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.size());
    }

    @Override
    public boolean followsSource() {
        return true;
    }

    @Override
    public boolean endsBySilence() {
        return declared.morePointer().isEmpty();
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        if (declared.morePointer().isPresent()) {
            return turn.saysMore(declared.morePointer().orElseThrow())
                    ? Optional.of(turn.request().with(declared.parameter(), promised(turn)))
                    : Optional.empty();
        }
        return cursor.apply(turn)
                .filter(next -> !isNone(next))
                .filter(next -> declared.end() != CursorEnd.EMPTY_PAGE || !turn.isEmpty())
                .filter(next -> declared.end() != CursorEnd.REPEATED_CURSOR
                        || !next.text().equals(used(turn)))
                .map(next -> turn.request().with(declared.parameter(), next));
    }

    private JsonScalar promised(Turn turn) {
        return cursor.apply(turn)
                .filter(next -> !next.text().isEmpty())
                .orElseThrow(() -> new SourceException(
                        Kind.INCOMPLETE, "the source says there is more, but sent no cursor to go on from"));
    }

    /** Many sources have one of these in place of a cursor: an empty text, false, the number 0. */
    private static boolean isNone(JsonScalar value) {
        return value.quoted()
                ? value.text().isEmpty()
                : value.text().equals("false")
                        || (!value.text().equals("true") && new BigDecimal(value.text()).signum() == 0);
    }

    private String used(Turn turn) {
        return String.valueOf(turn.request().parameters().get(declared.parameter()));
    }
}
