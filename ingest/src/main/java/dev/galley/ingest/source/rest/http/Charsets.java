package dev.galley.ingest.source.rest.http;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import dev.galley.ingest.source.rest.json.Utf8Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Set;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/** Bodies in other charsets than UTF-8. */
final class Charsets {
    private static final Set<Charset> AS_THEY_ARE = Set.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII);

    private Charsets() {}

    /**
     * The body in UTF-8. JSON is UTF-8 (RFC 8259), and servers name another charset by habit: a body that is well-formed UTF-8
     * is left as it is, unless its charset does not write ASCII as ASCII.
     *
     * @throws SourceException if the charset is unknown, or the body is not written in it
     */
    static byte[] utf8(byte[] body, @Nullable MediaType type) {
        String name = type == null ? null : type.parameter("charset");
        if (name == null) {
            return body;
        }
        Charset charset = charset(name);
        if (AS_THEY_ARE.contains(charset) || (writesAscii(charset) && Utf8Bytes.valid(body, 0, body.length))) {
            return body;
        }
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(charset.newDecoder().decode(ByteBuffer.wrap(body)));
            return Arrays.copyOf(utf8.array(), utf8.limit());
        } catch (CharacterCodingException e) {
            throw new SourceException(
                    Kind.MALFORMED, "the response is said to be written in " + name + ", and is not", e);
        }
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name.strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new SourceException(
                    Kind.WRONG_SHAPE,
                    "the response is said to be written in the charset " + name + ", which is unknown here",
                    e);
        }
    }

    private static boolean writesAscii(Charset charset) {
        return charset.canEncode()
                && Arrays.equals("[{\"~".getBytes(charset), "[{\"~".getBytes(StandardCharsets.US_ASCII))
                && !charset.name().startsWith("ISO-2022");
    }
}
