package dev.galley.bookstore.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A body of JSON in UTF-8 and the headers that belong to it. */
public record Answer(String body, Map<String, String> headers) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TYPICAL_BYTES = 1 << 16;

    @FunctionalInterface
    public interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer of(Map<String, String> headers, Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON to memory", e);
        }
        return new Answer(bytes.toString(StandardCharsets.UTF_8), headers);
    }

    public static Answer of(Writer writer) {
        return of(Map.of(), writer);
    }

    /** The same headers with another body. */
    public Answer with(String other) {
        return new Answer(other, headers);
    }
}
