package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.spec.Pagination;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code page=1, 2, 3, ...} until the total is reached, the flag says so, or, with neither, until the declared end. */
record PageNumbers(Pagination.Page declared) implements Pager {
    @Override
    public Set<String> pointers() {
        return Stream.concat(declared.morePointer().stream(), declared.totalPointer().stream())
                .collect(Collectors.toSet());
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
        Optional<Boolean> byTotal = Totals.of(declared.totalHeader(), declared.totalPointer(), turn)
                .map(total -> Totals.hasMore(total, turn));
        Optional<Boolean> byFlag = declared.morePointer().map(pointer -> Flags.hasMore(pointer, turn));
        if (byTotal.isPresent() && byFlag.isPresent() && !byTotal.equals(byFlag)) {
            throw new SourceException(
                    Kind.INCOMPLETE,
                    "the source contradicts itself after " + turn.recordsSoFar() + " records: by its total there are "
                            + (byTotal.orElseThrow() ? "more" : "no more") + ", by its flag there are "
                            + (byFlag.orElseThrow() ? "more" : "no more"));
        }
        return byTotal.or(() -> byFlag).orElseGet(() -> !turn.isEnd(declared.end(), declared.size()));
    }

    private PageRequest following(PageRequest request) {
        Object page = request.parameters().get(declared.parameter());
        return request.with(declared.parameter(), Integer.parseInt(String.valueOf(page)) + 1);
    }
}
