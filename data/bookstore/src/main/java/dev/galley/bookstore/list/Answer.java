package dev.galley.bookstore.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.JsonWriter.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A body of JSON in UTF-8 and the headers that belong to it. */
public record Answer(String body, Map<String, String> headers) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TYPICAL_BYTES = 1 << 16;

    private interface Root {
        void write(JsonWriter json) throws IOException;
    }

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** One object, without headers. */
    public static Answer of(Fields fields) {
        return of(Map.of(), json -> json.object(fields));
    }

    /** An array of objects. */
    static Answer of(Map<String, String> headers, List<Fields> objects) {
        return of(headers, json -> json.array(objects));
    }

    private static Answer of(Map<String, String> headers, Root root) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            root.write(new JsonWriter(json));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON to memory", e);
        }
        return new Answer(bytes.toString(StandardCharsets.UTF_8), headers);
    }

    /** The same headers with another body. */
    public Answer with(String other) {
        return new Answer(other, headers);
    }
}
