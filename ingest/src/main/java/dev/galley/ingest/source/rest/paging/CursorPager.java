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

/** The cursor that came with the last page, as long as the flag says so or, without one, until the declared end. */
final class CursorPager implements Pager {
    private final String parameter;
    private final Pagination.Size size;
    private final Optional<String> morePointer;
    private final CursorEnd end;
    private final Set<String> pointers;
    private final Function<Turn, Optional<JsonScalar>> cursor;

    private CursorPager(
            String parameter,
            Pagination.Size size,
            Optional<String> morePointer,
            CursorEnd end,
            Set<String> pointers,
            Function<Turn, Optional<JsonScalar>> cursor) {
        this.parameter = parameter;
        this.size = size;
        this.morePointer = morePointer;
        this.end = end;
        this.pointers = pointers;
        this.cursor = cursor;
    }

    static CursorPager of(Pagination.BodyCursor declared) {
        return new CursorPager(
                declared.parameter(),
                declared.size(),
                declared.morePointer(),
                declared.end(),
                Set.of(declared.cursorPointer()),
                turn -> turn.page().value(declared.cursorPointer()));
    }

    static CursorPager of(Pagination.HeaderCursor declared) {
        return new CursorPager(
                declared.parameter(),
                declared.size(),
                declared.morePointer(),
                declared.end(),
                Set.of(),
                turn -> turn.response().header(declared.header()).map(JsonScalar::text));
    }

    @Override
    public Set<String> pointers() {
        return Stream.concat(pointers.stream(), morePointer.stream()).collect(Collectors.toSet());
    }

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(size);
    }

    @Override
    public boolean followsSource() {
        return true;
    }

    @Override
    public boolean endsBySilence() {
        return morePointer.isEmpty();
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        if (morePointer.isPresent()) {
            return turn.saysMore(morePointer.orElseThrow())
                    ? Optional.of(turn.request().with(parameter, promised(turn)))
                    : Optional.empty();
        }
        return cursor.apply(turn)
                .filter(next -> !isNone(next))
                .filter(next -> end != CursorEnd.EMPTY_PAGE || !turn.isEmpty())
                .filter(next -> end != CursorEnd.REPEATED_CURSOR || !next.text().equals(used(turn)))
                .map(next -> turn.request().with(parameter, next));
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
        return String.valueOf(turn.request().parameters().get(parameter));
    }
}
