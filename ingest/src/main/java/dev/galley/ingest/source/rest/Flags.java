package dev.galley.ingest.source.rest;

import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;

/** A flag in the body: true while pages follow. */
final class Flags {
    private Flags() {}

    static boolean hasMore(String pointer, Pager.Turn turn) {
        if (turn.hasNoContent()) {
            return false;
        }
        return switch (turn.page().value(pointer).map(JsonScalar::text).orElse("")) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new SourceException(
                        Kind.WRONG_SHAPE,
                        pointer + " of the response is neither true nor false, but "
                                + Utf8.shortened(turn.page().said(pointer), 40));
        };
    }
}
