package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.source.Pagination;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.rest.http.HostPolicy;
import dev.galley.ingest.source.rest.http.PageRequest;
import dev.galley.ingest.source.rest.http.RestResponse;
import dev.galley.ingest.source.rest.json.CutPage;
import dev.galley.ingest.source.rest.json.Utf8Bytes;
import java.util.Optional;
import java.util.Set;

/** How one page leads to the next. */
public interface Pager {
    /** JSON pointers that {@link #next} needs picked up. */
    default Set<String> pointers() {
        return Set.of();
    }

    /** Whether the source names the next page: what it names anew is another page, whatever it holds. */
    default boolean followsSource() {
        return false;
    }

    /** Whether the source ends the list by naming no next page. */
    default boolean endsBySilence() {
        return followsSource();
    }

    /** Whether the next page is found by counting: a record that is gone from the list moves those behind it. */
    default boolean isCounted() {
        return false;
    }

    /** The number of records that a page tells, where it is declared. */
    default Optional<Long> total(Turn turn) {
        return Optional.empty();
    }

    /** The request for the first page. */
    PageRequest first(PageRequest base);

    /**
     * The request for the page after this one; empty after the last.
     *
     * @throws SourceException if the page does not say what the declaration promises
     */
    Optional<PageRequest> next(Turn turn);

    /**
     * A page just received.
     *
     * @param recordsSoFar of all pages, this one included
     */
    record Turn(PageRequest request, RestResponse response, CutPage page, long recordsSoFar) {
        boolean isEmpty() {
            return page.records().isEmpty();
        }

        /** Whether there is no body either. */
        boolean hasNoContent() {
            return response.status() == 204;
        }

        /** Whether a flag in the body says that pages follow; an answer without content says that none does. */
        boolean saysMore(String pointer) {
            if (hasNoContent()) {
                return false;
            }
            return switch (page.value(pointer).map(JsonScalar::text).orElse("")) {
                case "true" -> true;
                case "false" -> false;
                default ->
                    throw new SourceException(
                            SourceException.Kind.WRONG_SHAPE,
                            pointer + " of the response is neither true nor false, but "
                                    + Utf8Bytes.shortened(page.said(pointer), 40));
            };
        }

        /** Whether the page ends a list that tells neither total nor flag. */
        boolean isEnd(Pagination.End end, int size) {
            return isEmpty()
                    || (end == Pagination.End.SHORT_PAGE && page.records().size() < size);
        }
    }

    static Pager of(Pagination pagination, HostPolicy hosts) {
        if (pagination instanceof Pagination.Page page) {
            return new PageNumberPager(page);
        } else if (pagination instanceof Pagination.Offset offset) {
            return new OffsetPager(offset);
        } else if (pagination instanceof Pagination.LinkHeader link) {
            return new LinkHeaderPager(link, hosts);
        } else if (pagination instanceof Pagination.NextUrl next) {
            return new NextUrlPager(next, hosts);
        } else if (pagination instanceof Pagination.BodyCursor cursor) {
            return CursorPager.of(cursor);
        } else if (pagination instanceof Pagination.HeaderCursor cursor) {
            return CursorPager.of(cursor);
        } else if (pagination instanceof Pagination.Keyset keyset) {
            return new KeysetPager(keyset);
        } else if (pagination instanceof Pagination.Position position) {
            return new PositionPager(position);
        }
        return new OnePage(pagination instanceof Pagination.Undeclared);
    }

    /** The whole list at once. */
    record OnePage(boolean endsBySilence) implements Pager {
        @Override
        public PageRequest first(PageRequest base) {
            return base;
        }

        @Override
        public Optional<PageRequest> next(Turn turn) {
            return Optional.empty();
        }
    }
}
