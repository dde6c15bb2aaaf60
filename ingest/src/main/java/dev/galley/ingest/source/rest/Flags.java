package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;

/** A flag in the body: true while pages follow. */
final class Flags {
    private Flags() {}

    static boolean hasMore(String pointer, Pager.Turn turn) {
        return switch (turn.page().value(pointer).orElse("")) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new SourceException(Kind.WRONG_SHAPE, pointer + " of the response is neither true nor false");
        };
    }
}
