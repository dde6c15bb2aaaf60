package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.source.Pagination;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.http.PageRequest;
import java.util.Optional;

/**
 * {@code page=1, 2, 3, ...} until the total is reached, the flag says so, or, with neither, until the declared end. The first
 * number is checked against what the source says, unless it is declared.
 */
record PageNumberPager(Pagination.Page declared) implements CountedPager {
    private static final String ADVICE =
            "; declare the number of its first page in \"paginate\": \"first: 0\", or \"first: 1\" if that is right";

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.parameter(), declared.first().orElse(1)).with(declared.size());
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        long page = Long.parseLong(String.valueOf(turn.request().parameters().get(declared.parameter())));
        boolean more = hasMore(turn, page);
        return more ? Optional.of(turn.request().with(declared.parameter(), page + 1)) : Optional.empty();
    }

    private boolean hasMore(Turn turn, long page) {
        if (declared.first().isPresent()) {
            return hasMore(turn);
        }
        PagingHints told = PagingHints.of(turn);
        if (page == 1) {
            told.before().ifPresent(where -> {
                throw new SourceException(
                        Kind.INCOMPLETE,
                        "page 1 was asked for as the first one, but " + where + " says that one comes before" + ADVICE);
            });
        }
        boolean more;
        try {
            more = hasMore(turn);
        } catch (SourceException e) {
            throw e.kind() == Kind.INCOMPLETE && turn.isEmpty()
                    ? new SourceException(Kind.INCOMPLETE, e.getMessage() + ADVICE, e)
                    : e;
        }
        if (!more) {
            told.beyond(turn.recordsSoFar(), turn.isEmpty() ? page - 1 : page).ifPresent(where -> {
                throw new SourceException(
                        Kind.INCOMPLETE,
                        "pages from 1 on brought " + turn.recordsSoFar() + " records, but " + where + " tells of more"
                                + ADVICE);
            });
        }
        return more;
    }
}
