package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.source.Pagination;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.json.LastRecord;
import java.util.Optional;
import java.util.Set;

/** What comes after the position of the last record had, as long as the flag says so or, without one, until the declared end. */
record PositionPager(Pagination.Position declared) implements Pager {
    @Override
    public Set<String> pointers() {
        return declared.morePointer().map(Set::of).orElse(Set.of());
    }

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.size());
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        if (declared.morePointer().isPresent()) {
            if (!turn.saysMore(declared.morePointer().orElseThrow())) {
                return Optional.empty();
            } else if (turn.isEmpty()) {
                throw new SourceException(
                        Kind.INCOMPLETE, "the source says there is more, but sent no record to go on from");
            }
        } else if (turn.isEnd(declared.end(), declared.size().records())) {
            return Optional.empty();
        }
        return Optional.of(turn.request()
                .with(declared.parameter(), LastRecord.of(turn.page()).key(declared.field())));
    }
}
