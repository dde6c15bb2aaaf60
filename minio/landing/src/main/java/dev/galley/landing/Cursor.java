package dev.galley.landing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where the next ingest of a resource goes on. Seals and notes hold its text, which begins with its kind unless it is a time. */
public sealed interface Cursor {
    /** How it is written. */
    String text();

    /** Reads what {@link #text} wrote; any other text is {@link Unknown}. */
    static Cursor parse(String text) {
        Matcher digest = Digest.GRAMMAR.matcher(text);
        if (digest.matches()) {
            return new Digest(digest.group(1), Optional.ofNullable(digest.group(2)));
        } else if (text.startsWith(Position.PREFIX)) {
            return Position.parse(text.substring(Position.PREFIX.length()));
        }
        try {
            return new Time(Instant.parse(text));
        } catch (DateTimeException e) {
            return new Unknown(text);
        }
    }

    /** A time of the source's own clock: what is newer is new. */
    record Time(Instant at) implements Cursor {
        @Override
        public String text() {
            return at.toString();
        }
    }

    /**
     * The position of the last record of a feed, as the record has it.
     *
     * @param quoted whether it is a text; else it is a number
     */
    record Position(String value, boolean quoted) implements Cursor {
        private static final String PREFIX = "position:";
        private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");
        private static final JsonMapper MAPPER = new JsonMapper();

        /** A text that would be read as something else stands in quotes. */
        @Override
        public String text() {
            boolean odd = value.startsWith("\"") || NUMBER.matcher(value).matches();
            return PREFIX + (quoted && odd ? TextNode.valueOf(value).toString() : value);
        }

        private static Cursor parse(String value) {
            if (!value.startsWith("\"")) {
                return new Position(value, !NUMBER.matcher(value).matches());
            }
            try {
                JsonNode json = MAPPER.readTree(value);
                return new Position(json.textValue(), true);
            } catch (JsonProcessingException e) {
                return new Unknown(PREFIX + value);
            }
        }
    }

    /**
     * A digest of a whole list: it is landed again only if it is another one.
     *
     * @param sha256 in hex
     * @param etag that the list came with, if it is asked for by that
     */
    record Digest(String sha256, Optional<String> etag) implements Cursor {
        private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7E]{0,500}\"");
        private static final Pattern GRAMMAR = Pattern.compile("sha256:([0-9a-f]{64})(?:;etag=(" + ETAG + "))?");

        /** Tells whether a header holds an ETag that a cursor can hold. */
        public static boolean isEtag(String text) {
            return ETAG.matcher(text).matches();
        }

        @Override
        public String text() {
            return "sha256:" + sha256 + etag.map(tag -> ";etag=" + tag).orElse("");
        }
    }

    /** A cursor that this version of Galley did not write: it counts as none. */
    record Unknown(String text) implements Cursor {}
}
