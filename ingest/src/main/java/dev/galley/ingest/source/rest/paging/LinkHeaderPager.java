package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.source.Pagination;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.HostPolicy;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.http.WebLink;
import java.util.Optional;

/** The address in {@code Link: <...>; rel="next"} (RFC 8288), as long as there is one. */
record LinkHeaderPager(Pagination.LinkHeader declared, HostPolicy hosts) implements Pager {
    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.size());
    }

    @Override
    public boolean followsSource() {
        return true;
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        try {
            return WebLink.target(turn.response().headers(), turn.request().url(), "next")
                    .map(target -> turn.request().at(hosts.follow(turn.request().endpoint(), target)));
        } catch (IllegalArgumentException e) {
            throw new SourceException(Kind.WRONG_SHAPE, "the header Link cannot be read: " + e.getMessage(), e);
        }
    }
}
