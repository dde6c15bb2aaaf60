package dev.galley.ingest.source.rest;

import dev.galley.spec.Pagination;
import java.util.Optional;
import java.util.Set;

/** How one page leads to the next. */
interface Pager {
    /** JSON pointers that {@link #next} needs picked up. */
    default Set<String> pointers() {
        return Set.of();
    }

    /** The request for the first page. */
    PageRequest first(PageRequest base);

    /**
     * The request for the page after this one; empty after the last.
     *
     * @throws dev.galley.ingest.source.SourceException if the page does not say what the declaration promises
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

        /** Whether the page ends a list that tells neither total nor flag. */
        boolean isEnd(Pagination.End end, int size) {
            return isEmpty()
                    || (end == Pagination.End.SHORT_PAGE && page.records().size() < size);
        }
    }

    static Pager of(Pagination pagination, Hosts hosts) {
        if (pagination instanceof Pagination.Page page) {
            return new PageNumbers(page);
        } else if (pagination instanceof Pagination.Offset offset) {
            return new Offsets(offset);
        } else if (pagination instanceof Pagination.LinkHeader link) {
            return new Links(link, hosts);
        } else if (pagination instanceof Pagination.NextUrl next) {
            return new NextUrls(next, hosts);
        } else if (pagination instanceof Pagination.BodyCursor cursor) {
            return Cursors.of(cursor);
        } else if (pagination instanceof Pagination.HeaderCursor cursor) {
            return Cursors.of(cursor);
        } else if (pagination instanceof Pagination.Keyset keyset) {
            return new Keysets(keyset);
        } else if (pagination instanceof Pagination.Position position) {
            return new Positions(position);
        }
        return new OnePage();
    }

    /** The whole list at once. */
    record OnePage() implements Pager {
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
