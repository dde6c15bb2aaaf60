package dev.galley.landing;

import java.util.Base64;
import java.util.Optional;

/** One line of a part, as it was landed. */
public sealed interface PartLine {
    RecordPosition position();

    /** The line of a part, without its line break, taken apart; {@link IllegalArgumentException} if it is none. */
    static PartLine parse(byte[] line) {
        return PartLineParser.read(line);
    }

    /**
     * A record.
     *
     * @param parent the key of the record it was fetched for: a JSON object
     * @param record the record's text as received, but for line breaks between tokens
     */
    record Received(RecordPosition position, Optional<JsonText> parent, JsonText record) implements PartLine {}

    /**
     * Bytes that could not be cut into records.
     *
     * @param error why not, for people
     */
    record Unreadable(RecordPosition position, String rawBase64, String error) implements PartLine {
        /** The bytes as received. */
        public byte[] raw() {
            return Base64.getDecoder().decode(rawBase64);
        }
    }
}
