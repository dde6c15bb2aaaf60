package dev.galley.spec;

import java.util.Optional;

/** How the pages of a resource follow one another. {@code size} is records a page. */
public sealed interface Pagination {
    /** The whole list in one response. */
    record None() implements Pagination {}

    /** {@code ?page=1&per_page=100}; ends after the page that completes the total in {@code totalHeader}, or at a flag, or, with neither, at an empty page. */
    record Page(
            String parameter,
            String sizeParameter,
            int size,
            Optional<String> totalHeader,
            Optional<String> morePointer)
            implements Pagination {}

    /** {@code ?offset=0&limit=100}; {@code totalPointer} is a JSON pointer to the total; without one an empty page ends. */
    record Offset(String parameter, String sizeParameter, int size, Optional<String> totalPointer)
            implements Pagination {}

    /** RFC 8288 {@code Link: <...>; rel="next"}. */
    record LinkHeader(String sizeParameter, int size) implements Pagination {}

    /** A cursor in the response body, sent back in a query parameter or, for POST, in the body; absent or null ends. */
    record BodyCursor(String parameter, String cursorPointer, String sizeParameter, int size) implements Pagination {}

    /** {@code updated_since} and {@code after_id} of the last record, in the order (updated_at, id); an empty page ends. */
    record Keyset(
            String sinceParameter,
            String sinceField,
            String idParameter,
            String idField,
            String sizeParameter,
            int size)
            implements Pagination {}
}
