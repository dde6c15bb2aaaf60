package dev.galley.bookstore.list;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The ways in which a list is cut into pages. */
public enum PagingStyle {
    /** One array. */
    WHOLE,
    /** By numbered pages, with the total in a header. */
    PAGE,
    /** By numbered pages, with a flag whether more follows. */
    FLAG,
    /** By offset, with the total in the body. */
    OFFSET,
    /** With a cursor in the Link header. */
    LINK,
    /** With a cursor in the body. */
    BODY,
    /** With a cursor in a header of its own. */
    HEADER,
    /** With the next page's URL in the body. */
    NEXT_URL,
    /** Behind the last record's updated_at and id. */
    KEYSET;

    static PagingStyle of(String text) {
        return Arrays.stream(values())
                .filter(paging -> JsonWriter.text(paging).equals(text))
                .findFirst()
                .orElseThrow(() -> HttpProblem.badRequest("style is \"" + text + "\": there are "
                        + Arrays.stream(values()).map(JsonWriter::text).collect(Collectors.joining(", "))));
    }
}
