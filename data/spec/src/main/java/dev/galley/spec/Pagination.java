package dev.galley.spec;

import java.util.Optional;

/** How the pages of a resource follow one another. {@code size} is records a page. */
public sealed interface Pagination {
    /** What ends a list where neither a total nor a flag does. */
    enum End {
        /** A page without records. */
        EMPTY_PAGE,
        /** A page with fewer records than asked for: saves the last request, trusts the source to fill its pages. */
        SHORT_PAGE
    }

    /** What ends a list that follows cursors. No cursor always does. */
    enum CursorEnd {
        MISSING_CURSOR,
        /** The cursor just used, once more. */
        REPEATED_CURSOR,
        /** A page without records, whatever the cursor. */
        EMPTY_PAGE
    }

    /** The whole list in one response. */
    record None() implements Pagination {}

    /**
     * {@code ?page=1&per_page=100}; ends after the page that completes the total (in a header, or under a JSON pointer), or at
     * a flag, or, with none of these, at {@code end}.
     */
    record Page(
            String parameter,
            String sizeParameter,
            int size,
            Optional<String> totalHeader,
            Optional<String> totalPointer,
            Optional<String> morePointer,
            End end)
            implements Pagination {
        /** With no total in the body, and an empty page at the end. */
        public Page(
                String parameter,
                String sizeParameter,
                int size,
                Optional<String> totalHeader,
                Optional<String> morePointer) {
            this(parameter, sizeParameter, size, totalHeader, Optional.empty(), morePointer, End.EMPTY_PAGE);
        }
    }

    /** {@code ?offset=0&limit=100}; ends when the total is reached; without one at {@code end}. */
    record Offset(
            String parameter,
            String sizeParameter,
            int size,
            Optional<String> totalHeader,
            Optional<String> totalPointer,
            End end)
            implements Pagination {
        /** With no total in a header, and an empty page at the end. */
        public Offset(String parameter, String sizeParameter, int size, Optional<String> totalPointer) {
            this(parameter, sizeParameter, size, Optional.empty(), totalPointer, End.EMPTY_PAGE);
        }
    }

    /** RFC 8288 {@code Link: <...>; rel="next"}. */
    record LinkHeader(String sizeParameter, int size) implements Pagination {}

    /** The next page's address under a JSON pointer; absent or null ends. */
    record NextUrl(String nextPointer, String sizeParameter, int size) implements Pagination {}

    /** A cursor in the response body, sent back in a query parameter or, for POST, in the body. */
    record BodyCursor(String parameter, String cursorPointer, String sizeParameter, int size, CursorEnd end)
            implements Pagination {
        /** No cursor ends. */
        public BodyCursor(String parameter, String cursorPointer, String sizeParameter, int size) {
            this(parameter, cursorPointer, sizeParameter, size, CursorEnd.MISSING_CURSOR);
        }
    }

    /** A cursor in a response header, sent back as that of a body. */
    record HeaderCursor(String parameter, String header, String sizeParameter, int size, CursorEnd end)
            implements Pagination {}

    /** {@code updated_since} and {@code after_id} of the last record, in the order (updated_at, id). */
    record Keyset(
            String sinceParameter,
            String sinceField,
            String idParameter,
            String idField,
            String sizeParameter,
            int size,
            End end)
            implements Pagination {
        /** An empty page ends. */
        public Keyset(
                String sinceParameter,
                String sinceField,
                String idParameter,
                String idField,
                String sizeParameter,
                int size) {
            this(sinceParameter, sinceField, idParameter, idField, sizeParameter, size, End.EMPTY_PAGE);
        }
    }

    /** {@code ?after=} one field of the last record; ends at a flag, or else at {@code end}. */
    record Position(
            String parameter, String field, String sizeParameter, int size, Optional<String> morePointer, End end)
            implements Pagination {}
}
