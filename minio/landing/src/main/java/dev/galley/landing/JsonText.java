package dev.galley.landing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** One JSON value as received: a slice of bytes that is not copied, so it is valid only while the caller leaves them alone. */
public final class JsonText {
    private final byte[] bytes;
    private final int offset;
    private final int length;

    private JsonText(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = Objects.checkFromIndexSize(offset, length, bytes.length);
        this.length = length;
    }

    /** A slice of UTF-8 that holds exactly one valid JSON value; the caller has parsed it. */
    public static JsonText of(byte[] bytes, int offset, int length) {
        return new JsonText(bytes, offset, length);
    }

    public static JsonText of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new JsonText(bytes, 0, bytes.length);
    }

    /** Size in bytes. */
    public int length() {
        return length;
    }

    /** The text itself. */
    @Override
    public String toString() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    /** Writes the text on one line: line breaks, which JSON allows between tokens only, become spaces. */
    void writeTo(OutputStream out) throws IOException {
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                out.write(bytes, from, i - from);
                out.write(' ');
                from = i + 1;
            }
        }
        out.write(bytes, from, end - from);
    }
}
