package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.source.Pagination;
import dev.galley.ingest.source.rest.http.PageRequest;
import java.util.Optional;

/** {@code offset=} the number of records had so far, until the total is reached, the flag says so, or until the declared end. */
record OffsetPager(Pagination.Offset declared) implements CountedPager {
    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.parameter(), declared.first()).with(declared.size());
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        return hasMore(turn)
                ? Optional.of(turn.request().with(declared.parameter(), declared.first() + turn.recordsSoFar()))
                : Optional.empty();
    }
}
