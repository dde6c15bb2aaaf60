package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.util.Optional;

/** Ends a crawl by the total that the source tells. */
final class Totals {
    private Totals() {}

    /** The total that a page tells in a header or under a pointer; absent if neither is declared. */
    static Optional<Long> of(Optional<String> header, Optional<String> pointer, Pager.Turn turn) {
        return header.map(name -> parse("header " + name, turn.response().header(name)))
                .or(() -> pointer.map(at -> parse(at, turn.page().value(at))));
    }

    private static long parse(String where, Optional<String> text) {
        try {
            long total = Long.parseLong(text.orElse("missing"));
            if (total >= 0) {
                return total;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a negative total.
        }
        throw new SourceException(
                Kind.WRONG_SHAPE, where + " should be the total of records, but is " + text.orElse("missing"));
    }

    /** @throws SourceException of kind INCOMPLETE if pages end before the total is reached, or go beyond it */
    static boolean hasMore(long total, Pager.Turn turn) {
        if (turn.recordsSoFar() > total) {
            throw new SourceException(
                    Kind.INCOMPLETE,
                    "the source says there are " + total + " records, but sent " + turn.recordsSoFar()
                            + ": the total is wrong, or the list changed while it was read");
        } else if (turn.recordsSoFar() == total) {
            return false;
        }
        if (turn.isEmpty()) {
            throw new SourceException(
                    Kind.INCOMPLETE,
                    "the source says there are " + total + " records, but its pages ended after "
                            + turn.recordsSoFar());
        }
        return true;
    }
}
