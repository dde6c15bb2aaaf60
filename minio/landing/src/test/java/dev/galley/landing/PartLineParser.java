package dev.galley.landing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the lines of parts apart. */
final class PartLineParser {
    // What a record may hold is for its contract to say; a line is as long as what was received.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private PartLineParser() {}

    static PartLine read(byte[] line) {
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

        PartLine read(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("Cannot read an envelope: it is no JSON object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                field(name, parser);
            }
            if (fetchedAt != null && record != null) {
                return new PartLine.Received(
                        new RecordPosition(page, index, fetchedAt), Optional.ofNullable(parent), record);
            }
            if (fetchedAt != null && raw != null && error != null) {
                return new PartLine.Unreadable(new RecordPosition(page, index, fetchedAt), raw, error);
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
