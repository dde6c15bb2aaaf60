package dev.galley.ingest.source.rest;

import dev.galley.spec.Pagination;
import java.util.Optional;
import java.util.Set;

/** The cursor of the last body, until a body has none. */
record BodyCursors(Pagination.BodyCursor declared) implements Pager {
    @Override
    public Set<String> pointers() {
        return Set.of(declared.cursorPointer());
    }

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.sizeParameter(), declared.size());
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        return turn.page()
                .value(declared.cursorPointer())
                .filter(cursor -> !cursor.isEmpty())
                .map(cursor -> turn.request().with(declared.parameter(), cursor));
    }
}
