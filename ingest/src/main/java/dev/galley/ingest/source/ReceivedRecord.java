package dev.galley.ingest.source;

import java.util.Optional;

/**
 * One record's text as received: the bytes of {@code body} from {@code from} to before {@code to}. The array is shared with
 * the other records of its page and never written to.
 *
 * @param defect why the bytes cannot be read as one JSON value in UTF-8; empty for a good record
 */
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedRecord(byte[] body, int from, int to, Optional<String> defect) {
    public int length() {
        return to - from;
    }
}
