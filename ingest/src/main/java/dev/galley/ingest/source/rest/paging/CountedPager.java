package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.source.Pagination;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.json.Utf8Bytes;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the next page by counting, pages or records, until the list ends: by a total, a flag, both of one mind, or with neither
 * as it is declared to.
 */
interface CountedPager extends Pager {
    Pagination.Counted declared();

    @Override
    default boolean isCounted() {
        return true;
    }

    @Override
    default Set<String> pointers() {
        return Stream.concat(declared().morePointer().stream(), declared().totalPointer().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Whether a page follows.
     *
     * @throws SourceException if total, flag and pages contradict one another
     */
    default boolean hasMore(Turn turn) {
        Optional<Boolean> byTotal = total(turn).map(total -> hasMore(total, turn));
        Optional<Boolean> byFlag = declared().morePointer().map(turn::saysMore);
        if (byTotal.isPresent() && byFlag.isPresent() && !byTotal.equals(byFlag)) {
            throw new SourceException(
                    Kind.INCOMPLETE,
                    "the source contradicts itself after " + turn.recordsSoFar() + " records: by its total there are "
                            + (byTotal.orElseThrow() ? "more" : "no more") + ", by its flag there are "
                            + (byFlag.orElseThrow() ? "more" : "no more"));
        }
        return byTotal.or(() -> byFlag)
                .orElseGet(() -> !turn.isEnd(declared().end(), declared().size().records()));
    }

    /** The total that a page tells in a header or under a pointer; absent if neither is declared, or there is no content. */
    @Override
    default Optional<Long> total(Turn turn) {
        if (turn.hasNoContent()) {
            return Optional.empty();
        }
        return declared()
                .totalHeader()
                .map(name ->
                        number("header " + name, turn.response().header(name).orElse("missing")))
                .or(() -> declared()
                        .totalPointer()
                        .map(at -> turn.page()
                                .value(at)
                                .map(value -> number(at, value.text()))
                                .orElseGet(() -> number(at, turn.page().said(at)))));
    }

    private static long number(String where, String text) {
        try {
            long total = new BigDecimal(text).longValueExact();
            if (total >= 0) {
                return total;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Said below, as for a negative total.
        }
        throw new SourceException(
                Kind.WRONG_SHAPE,
                where + " should be the total of records, but is " + Utf8Bytes.shortened(text, 40)
                        + "; declared without its total, the list ends with a page that holds no records");
    }

    private static boolean hasMore(long total, Turn turn) {
        if (turn.recordsSoFar() > total) {
            throw new SourceException(
                    Kind.INCOMPLETE,
                    "the source says there are " + total + " records, but sent " + turn.recordsSoFar()
                            + ": the total is wrong, or the list changed while it was read");
        } else if (turn.recordsSoFar() == total) {
            return false;
        }
        if (turn.isEmpty()) {
            throw endedEarly(total, turn.recordsSoFar());
        }
        return true;
    }

    static SourceException endedEarly(long total, long records) {
        return new SourceException(
                Kind.INCOMPLETE,
                "the source says there are " + total + " records, but its pages ended after " + records);
    }
}
