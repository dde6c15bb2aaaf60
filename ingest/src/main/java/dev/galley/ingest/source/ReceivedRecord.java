package dev.galley.ingest.source;

import dev.galley.landing.JsonText;
import java.util.Optional;

/**
 * One record's text as received: the bytes of {@code body} from {@code from} to before {@code to}. The array is shared with
 * the other records of its page and never written to.
 *
 * @param defect why the bytes cannot be read as one JSON value in UTF-8; empty for a good record
 * @param parent the key of the record it was fetched for, a JSON object; empty for a record of a list of its own
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedRecord(byte[] body, int from, int to, Optional<String> defect, Optional<JsonText> parent) {
    /** A record of a list of its own. */
    public ReceivedRecord(byte[] body, int from, int to, Optional<String> defect) {
        this(body, from, to, defect, Optional.empty());
    }

    public int length() {
        return to - from;
    }

    /** The same record, fetched for another one. */
    public ReceivedRecord of(JsonText key) {
        return new ReceivedRecord(body, from, to, defect, Optional.of(key));
    }
}
