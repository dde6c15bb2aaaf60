package dev.galley.landing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of one line. Records and parents pass through byte by byte. */
final class EnvelopeJson {
    // What a record may hold is for its contract to say; a line is as long as what was received.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private EnvelopeJson() {}

    /** Writes lines one after the other. For one thread. */
    static final class Writer {
        private static final byte[] PAGE = ascii("{\"page\":");
        private static final byte[] INDEX = ascii(",\"index\":");
        private static final byte[] FETCHED_AT = ascii(",\"fetched_at\":\"");
        private static final byte[] PARENT = ascii(",\"parent\":");
        private static final byte[] RECORD = ascii(",\"record\":");
        private static final byte[] RAW = ascii(",\"raw_base64\":\"");
        private static final byte[] ERROR = ascii("\",\"error\":\"");
        private static final byte[] END = ascii("}\n");

        /** A multiple of three, so that the pieces are together the text of the whole. */
        private static final int ENCODED_AT_ONCE = 3 << 14;

        private final OutputStream out;
        // The records of a page, and they come together, have these two in common.
        private RecordPosition last = new RecordPosition(-1, 0, Instant.MIN);
        private byte[] page = {};
        private byte[] fetchedAt = {};

        Writer(OutputStream out) {
            this.out = out;
        }

        void write(RecordPosition at, @Nullable JsonText parent, JsonText record) throws IOException {
            start(at);
            if (parent != null) {
                out.write(PARENT);
                parent.writeTo(out);
            }
            out.write(RECORD);
            record.writeTo(out);
            out.write(END);
        }

        void writeUnreadable(RecordPosition at, byte[] raw, String error) throws IOException {
            start(at);
            out.write(RAW);
            for (int from = 0; from < raw.length; from += ENCODED_AT_ONCE) {
                int to = Math.min(raw.length, from + ENCODED_AT_ONCE);
                out.write(Base64.getEncoder().encode(Arrays.copyOfRange(raw, from, to)));
            }
            out.write(ERROR);
            out.write(JsonStringEncoder.getInstance().quoteAsUTF8(error));
            out.write('"');
            out.write(END);
        }

        private void start(RecordPosition at) throws IOException {
            if (at.page() != last.page() || !at.fetchedAt().equals(last.fetchedAt())) {
                page = ascii(Long.toString(at.page()));
                fetchedAt = ascii(at.fetchedAt().toString());
                last = at;
            }
            out.write(PAGE);
            out.write(page);
            out.write(INDEX);
            out.write(ascii(Long.toString(at.index())));
            out.write(FETCHED_AT);
            out.write(fetchedAt);
            out.write('"');
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static Envelope read(byte[] line) {
        try (JsonParser parser = JSON.createParser(line)) {
            return new Reading(line).read(parser);
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("Cannot read an envelope: " + e.getMessage(), e);
        }
    }

    private static final class Reading {
        private final byte[] line;
        private long page;
        private long index;
        private @Nullable Instant fetchedAt;
        private @Nullable JsonText parent;
        private @Nullable JsonText record;
        private @Nullable String raw;
        private @Nullable String error;

        Reading(byte[] line) {
            this.line = line;
        }

        Envelope read(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("Cannot read an envelope: it is no JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                field(name, parser);
            }
            if (fetchedAt != null && record != null) {
                return new Envelope.Received(
                        new RecordPosition(page, index, fetchedAt), Optional.ofNullable(parent), record);
            }
            if (fetchedAt != null && raw != null && error != null) {
                return new Envelope.Unreadable(new RecordPosition(page, index, fetchedAt), raw, error);
            }
            throw new IllegalArgumentException("Cannot read an envelope: it holds neither a record nor raw bytes");
        }

        private void field(String name, JsonParser parser) throws IOException {
            switch (name) {
                case "page" -> page = parser.getLongValue();
                case "index" -> index = parser.getLongValue();
                case "fetched_at" -> fetchedAt = Instant.parse(parser.getText());
                case "parent" -> parent = text(parser);
                case "record" -> record = text(parser);
                case "raw_base64" -> raw = parser.getText();
                case "error" -> error = parser.getText();
                default -> throw new IllegalArgumentException("Cannot read an envelope: it has a field " + name);
            }
        }

        private JsonText text(JsonParser parser) throws IOException {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            int to = (int) parser.currentLocation().getByteOffset();
            return JsonText.of(line, from, to - from);
        }
    }
}
