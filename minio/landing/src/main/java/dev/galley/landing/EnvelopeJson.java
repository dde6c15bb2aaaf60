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

    static void write(OutputStream out, Position at, @Nullable JsonText parent, JsonText record) throws IOException {
        out.write(start(at));
        if (parent != null) {
            out.write(ascii(",\"parent\":"));
            parent.writeTo(out);
        }
        out.write(ascii(",\"record\":"));
        record.writeTo(out);
        out.write(ascii("}\n"));
    }

    static void writeUnreadable(OutputStream out, Position at, byte[] raw, String error) throws IOException {
        out.write(start(at));
        out.write(ascii(",\"raw_base64\":\""));
        out.write(Base64.getEncoder().encode(raw));
        out.write(ascii("\",\"error\":\""));
        out.write(JsonStringEncoder.getInstance().quoteAsUTF8(error));
        out.write(ascii("\"}\n"));
    }

    private static byte[] start(Position at) {
        return ascii(
                "{\"page\":" + at.page() + ",\"index\":" + at.index() + ",\"fetched_at\":\"" + at.fetchedAt() + "\"");
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
                return new Envelope.Received(new Position(page, index, fetchedAt), Optional.ofNullable(parent), record);
            }
            if (fetchedAt != null && raw != null && error != null) {
                return new Envelope.Unreadable(new Position(page, index, fetchedAt), raw, error);
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
