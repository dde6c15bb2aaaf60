package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.spec.Pagination;
import java.util.Optional;
import java.util.Set;

/** {@code page=1, 2, 3, ...} until the total is reached, the flag says so, or, with neither, a page is empty. */
record PageNumbers(Pagination.Page declared) implements Pager {
    @Override
    public Set<String> pointers() {
        return declared.morePointer().map(Set::of).orElse(Set.of());
    }

    @Override
    public PageRequest first(PageRequest base) {
        return base.with(declared.parameter(), 1).with(declared.sizeParameter(), declared.size());
    }

    @Override
    public Optional<PageRequest> next(Turn turn) {
        return hasMore(turn) ? Optional.of(following(turn.request())) : Optional.empty();
    }

    private boolean hasMore(Turn turn) {
        if (declared.totalHeader().isPresent()) {
            String header = declared.totalHeader().orElseThrow();
            return Totals.hasMore(
                    Totals.parse("header " + header, turn.response().header(header)), turn);
        }
        if (declared.morePointer().isPresent()) {
            String pointer = declared.morePointer().orElseThrow();
            return switch (turn.page().value(pointer).orElse("")) {
                case "true" -> true;
                case "false" -> false;
                default ->
                    throw new SourceException(Kind.WRONG_SHAPE, pointer + " of the response is neither true nor false");
            };
        }
        return !turn.isEmpty();
    }

    private PageRequest following(PageRequest request) {
        Object page = request.parameters().get(declared.parameter());
        return request.with(declared.parameter(), Integer.parseInt(String.valueOf(page)) + 1);
    }
}
