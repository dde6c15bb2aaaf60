package dev.galley.ingest.source.rest;

import dev.galley.spec.Pagination;
import dev.galley.spec.Pagination.CursorEnd;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The cursor that came with the last page, until the declared end. */
final class Cursors implements Pager {
    private final String parameter;
    private final String sizeParameter;
    private final int size;
    private final CursorEnd end;
    private final Set<String> pointers;
    private final Function<Turn, Optional<String>> cursor;

    private Cursors(
            String parameter,
            String sizeParameter,
            int size,
            CursorEnd end,
            Set<String> pointers,
            Function<Turn, Optional<String>> cursor) {
        this.parameter = parameter;
        this.sizeParameter = sizeParameter;
        this.size = size;
        this.end = end;
        this.pointers = pointers;
        this.cursor = cursor;
    }

    static Cursors of(Pagination.BodyCursor declared) {
        return new Cursors(
                declared.parameter(),
                declared.sizeParameter(),
                declared.size(),
                declared.end(),
                Set.of(declared.cursorPointer()),
                turn -> turn.page().value(declared.cursorPointer()));
    }

    static Cursors of(Pagination.HeaderCursor declared) {
        return new Cursors(
                declared.parameter(),
                declared.sizeParameter(),
                declared.size(),
                declared.end(),
                Set.of(),
                turn -> turn.response().header(declared.header()));
    }

    @Override
    public Set<String> pointers() {
        return pointers;
    }

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(sizeParameter, size);
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        return cursor.apply(turn)
                .filter(next -> !next.isEmpty())
                .filter(next -> end != CursorEnd.EMPTY_PAGE || !turn.isEmpty())
                .filter(next -> end != CursorEnd.REPEATED_CURSOR || !next.equals(used(turn)))
                .map(next -> turn.request().with(parameter, next));
    }

    private String used(Turn turn) {
        return String.valueOf(turn.request().parameters().get(parameter));
    }
}
