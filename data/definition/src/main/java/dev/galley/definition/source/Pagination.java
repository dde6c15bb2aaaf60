package dev.galley.definition.source;

import java.util.Optional;

/** How the pages of a resource follow one another. */
public sealed interface Pagination {
    /** What ends a list where neither a total nor a flag does. */
    enum End {
        /** A page without records. */
        EMPTY_PAGE,
        /** A page with fewer records than asked for: saves the last request, trusts the source to fill its pages. */
        SHORT_PAGE
    }

    /** What ends a list that follows cursors. No cursor always does: none, null, false, an empty text, the number 0. */
    enum CursorEnd {
        MISSING_CURSOR,
        /** The cursor just used, once more. */
        REPEATED_CURSOR,
        /** A page without records, whatever the cursor. */
        EMPTY_PAGE
    }

    /**
     * How many records a page is to have.
     *
     * @param parameter that asks for it; empty: pages are as large as the source makes them
     */
    record Size(Optional<String> parameter, int records) {}

    /** The list is one response. */
    sealed interface OneResponse extends Pagination {}

    /** As declared. */
    record None() implements OneResponse {}

    /** For want of a declaration: an answer that says there is more contradicts it. */
    record Undeclared() implements OneResponse {}

    /** Pages are counted, or their records. */
    sealed interface Counted extends Pagination {
        Size size();

        Optional<String> totalHeader();

        Optional<String> totalPointer();

        Optional<String> morePointer();

        End end();
    }

    /**
     * {@code ?page=1&per_page=100}; ends after the page that completes the total (in a header, or under a JSON pointer), or at
     * a flag, or, with none of these, at {@code end}.
     *
     * @param first the first page's number; empty: 1, unless answers contradict
     */
    record Page(
            String parameter,
            Optional<Integer> first,
            Size size,
            Optional<String> totalHeader,
            Optional<String> totalPointer,
            Optional<String> morePointer,
            End end)
            implements Counted {}

    /**
     * {@code ?offset=0&limit=100}; ends when the total is reached, or at a flag; with neither at {@code end}.
     *
     * @param first the first record's number
     */
    record Offset(
            String parameter,
            int first,
            Size size,
            Optional<String> totalHeader,
            Optional<String> totalPointer,
            Optional<String> morePointer,
            End end)
            implements Counted {}

    /** RFC 8288 {@code Link: <...>; rel="next"}. */
    record LinkHeader(Size size) implements Pagination {}

    /** The next page's address under a JSON pointer; absent, null, false or empty ends. */
    record NextUrl(String nextPointer, Size size) implements Pagination {}

    /** A response tells where the next page begins. */
    sealed interface ByCursor extends Pagination {
        String parameter();

        Size size();

        Optional<String> morePointer();

        CursorEnd end();
    }

    /**
     * A cursor in the response body, sent back in a query parameter or, for POST, in the body. A flag, if there is one, alone
     * says whether pages follow.
     */
    record BodyCursor(String parameter, String cursorPointer, Size size, Optional<String> morePointer, CursorEnd end)
            implements ByCursor {}

    /** A cursor in a response header, sent back as that of a body. */
    record HeaderCursor(String parameter, String header, Size size, Optional<String> morePointer, CursorEnd end)
            implements ByCursor {}

    /** {@code updated_since} and {@code after_id} of the last record, in the order (updated_at, id). */
    record Keyset(String sinceParameter, String sinceField, String idParameter, String idField, Size size, End end)
            implements Pagination {}

    /** {@code ?after=} one field of the last record; ends at a flag, or else at {@code end}. */
    record Position(String parameter, String field, Size size, Optional<String> morePointer, End end)
            implements Pagination {}
}
