package dev.galley.ingest.source.rest;

import dev.galley.spec.Pagination;
import java.util.Optional;
import java.util.Set;

/** {@code offset=} the number of records had so far, until the total is reached or, without one, until the declared end. */
record Offsets(Pagination.Offset declared) implements Pager {
    @Override
    public Set<String> pointers() {
        return declared.totalPointer().map(Set::of).orElse(Set.of());
    }

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.parameter(), 0).with(declared.sizeParameter(), declared.size());
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        boolean more = Totals.of(declared.totalHeader(), declared.totalPointer(), turn)
                .map(total -> Totals.hasMore(total, turn))
                .orElseGet(() -> !turn.isEnd(declared.end(), declared.size()));
        return more ? Optional.of(turn.request().with(declared.parameter(), turn.recordsSoFar())) : Optional.empty();
    }
}
