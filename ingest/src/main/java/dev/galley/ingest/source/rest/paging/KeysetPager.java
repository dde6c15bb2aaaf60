package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.source.Pagination;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.json.LastRecord;
import java.util.Optional;

/** What comes after the last record had, in the order (since, id), until the declared end. */
record KeysetPager(Pagination.Keyset declared) implements Pager {
    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.size());
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        if (turn.isEnd(declared.end(), declared.size().records())) {
            return Optional.empty();
        }
        LastRecord last = LastRecord.of(turn.page());
        return Optional.of(turn.request()
                .with(declared.sinceParameter(), last.key(declared.sinceField()))
                .with(declared.idParameter(), last.key(declared.idField())));
    }
}
