package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.source.Pagination;
import dev.galley.ingest.source.rest.http.PageRequest;
import java.util.Optional;
import java.util.Set;

/** {@code offset=} the number of records had so far, until the total is reached, the flag says so, or until the declared end. */
record OffsetPager(Pagination.Offset declared) implements Pager {
    @Override
    public Set<String> pointers() {
        return ends().pointers();
    }

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.parameter(), declared.first()).with(declared.size());
    }

    @Override
    public boolean isCounted() {
        return true;
    }

    @Override
    public Optional<Long> total(Turn turn) {
        return ends().total(turn);
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        return ends().hasMore(turn)
                ? Optional.of(turn.request().with(declared.parameter(), declared.first() + turn.recordsSoFar()))
                : Optional.empty();
    }

    private ListEnd ends() {
        return new ListEnd(
                declared.totalHeader(),
                declared.totalPointer(),
                declared.morePointer(),
                declared.end(),
                declared.size().records());
    }
}
