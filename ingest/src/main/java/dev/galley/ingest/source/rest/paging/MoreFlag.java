package dev.galley.ingest.source.rest.paging;

import dev.galley.definition.yaml.JsonScalar;
import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.json.Utf8Bytes;

/** A flag in the body: true while pages follow. */
final class MoreFlag {
    private MoreFlag() {}

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
                                + Utf8Bytes.shortened(turn.page().said(pointer), 40));
        };
    }
}
