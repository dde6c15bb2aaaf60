package dev.galley.ingest.source.rest.http;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import okhttp3.Response;

/** Reads a response's body whole, within bounds on what it may grow to. */
final class BodyReader {
    /** Below this size the ratio says nothing. */
    private static final long RATIO_FROM = 1 << 20;

    /** What is laid ready for a body that does not tell its length. */
    private static final int READY = 1 << 16;

    /** What is laid ready at most, whatever length a body promises. */
    private static final long MOST_READY = 4 << 20;

    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    /** Enough for what a refusal says. */
    static final int BEGINNING = 64 << 10;

    private final long maxBytes;
    private final int maxRatio;

    /** @param maxRatio how many times its size a body may unpack to: honest JSON shrinks 5 to 50 times, a bomb about 1,000 */
    BodyReader(long maxBytes, int maxRatio) {
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
    }

    /** The first bytes of the body of a refusal; what cannot be read is left out. */
    byte[] beginning(Response response) {
        boolean zipped = !codings(response).isEmpty();
        ByteArrayOutputStream begin = new ByteArrayOutputStream();
        // Not closed here: closing would read on for a while.
        InputStream raw = response.body().byteStream();
        try {
            InputStream in = zipped ? new GZIPInputStream(raw) : raw;
            byte[] chunk = new byte[1 << 13];
            for (int n = in.read(chunk); n >= 0 && begin.size() < BEGINNING; n = in.read(chunk)) {
                begin.write(chunk, 0, n);
            }
        } catch (IOException e) {
            // The status says enough.
        }
        return begin.toByteArray();
    }

    /**
     * The body unpacked, in UTF-8 as far as it tells its charset.
     *
     * @param meter counts the bytes that came over the wire
     * @throws SourceException of kind TRUNCATED or TOO_LARGE
     * @throws IOException if the connection fails
     */
    byte[] read(Response response, TrafficMeter meter) throws IOException {
        List<String> codings = codings(response);
        // Not closed here: closing would read on for a while.
        Counting raw = new Counting(response.body().byteStream());
        try {
            for (String coding : codings) {
                if (!GZIP.contains(coding) || codings.size() > 1) {
                    throw new SourceException(
                            Kind.WRONG_SHAPE,
                            "the response is encoded as " + String.join(", ", codings) + ", which was not asked for");
                }
            }
            byte[] body = codings.isEmpty() ? readAll(raw, response.body().contentLength(), raw) : unzip(raw);
            return Charsets.utf8(body, response.body().contentType());
        } finally {
            meter.received(raw.count);
        }
    }

    /** What a body is packed with, in lower case; names have no case (RFC 9110, 8.4.1). */
    private static List<String> codings(Response response) {
        return response.headers("Content-Encoding").stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toList();
    }

    private byte[] unzip(Counting raw) throws IOException {
        try {
            return readAll(new GZIPInputStream(raw, READY), READY, raw);
        } catch (EOFException | ZipException e) {
            throw new SourceException(Kind.TRUNCATED, "the gzip stream is broken: " + e.getMessage(), e);
        }
    }

    /** Into an array of the expected length, so that a body that has it is not copied. */
    private byte[] readAll(InputStream in, long expected, Counting raw) throws IOException {
        byte[] body = new byte[(int) Math.min(expected < 0 ? READY : expected, MOST_READY)];
        int size = 0;
        for (int n = 0; n >= 0; n = in.read(body, size, body.length - size)) {
            size += n;
            requireWithin(size, raw.count);
            if (size == body.length) {
                int more = in.read();
                if (more < 0) {
                    return body;
                }
                body = Arrays.copyOf(body, (int) Math.min(Math.max(READY, 2L * size), maxBytes + 1));
                body[size++] = (byte) more;
                requireWithin(size, raw.count);
            }
        }
        return Arrays.copyOf(body, size);
    }

    private void requireWithin(long size, long received) {
        if (size > maxBytes) {
            throw new SourceException(
                    Kind.TOO_LARGE,
                    "the response is larger than " + maxBytes + " bytes; ask for smaller pages or raise max_body");
        }
        if (size > RATIO_FROM && size / maxRatio > received) {
            throw new SourceException(
                    Kind.TOO_LARGE,
                    "the response unpacks to more than " + maxRatio
                            + " times its size, as no honest JSON does; see max_ratio");
        }
    }

    /** Counts what is read. */
    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = in.read(bytes, offset, length);
            count += Math.max(n, 0);
            return n;
        }
    }
}
