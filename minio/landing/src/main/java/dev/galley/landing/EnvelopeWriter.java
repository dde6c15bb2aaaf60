package dev.galley.landing;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes records as the lines of a part, one after the other; records and parents pass through byte by byte. For one thread. */
final class EnvelopeWriter {
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

    EnvelopeWriter(OutputStream out) {
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

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
