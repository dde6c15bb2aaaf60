package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.SourceException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import okhttp3.Response;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;

/** Reads a response's body whole, within bounds on what it may grow to. */
final class BodyReader {
    /** Below this size the ratio says nothing. */
    private static final long RATIO_FROM = 1 << 20;

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
        boolean zipped = "gzip".equals(response.header("Content-Encoding"));
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
     * @param meter counts the bytes that came over the wire
     * @throws SourceException of kind TRUNCATED or TOO_LARGE
     * @throws IOException if the connection fails
     */
    byte[] read(Response response, Meter meter) throws IOException {
        AtomicLong received = new AtomicLong();
        String encoding = response.header("Content-Encoding", "identity");
        // Not closed here: closing would read on for a while.
        InputStream raw = counting(response, received);
        try {
            return switch (encoding) {
                case "identity" -> readAll(raw, received);
                case "gzip" -> unzip(raw, received);
                default ->
                    throw new SourceException(
                            Kind.WRONG_SHAPE, "the response is encoded as " + encoding + ", which was not asked for");
            };
        } finally {
            meter.received(received.get());
        }
    }

    private byte[] unzip(InputStream raw, AtomicLong received) throws IOException {
        try {
            return readAll(new GZIPInputStream(raw, 1 << 16), received);
        } catch (EOFException | ZipException e) {
            throw new SourceException(Kind.TRUNCATED, "the gzip stream is broken: " + e.getMessage(), e);
        }
    }

    private byte[] readAll(InputStream in, AtomicLong received) throws IOException {
        Buffer body = new Buffer(); // grows without copying
        byte[] chunk = new byte[1 << 16];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            body.write(chunk, 0, n);
            requireWithin(body.size(), received.get());
        }
        return body.readByteArray();
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

    private static InputStream counting(Response response, AtomicLong received) {
        return Okio.buffer(new ForwardingSource(response.body().source()) {
                    @Override
                    public long read(Buffer sink, long byteCount) throws IOException {
                        long n = super.read(sink, byteCount);
                        received.addAndGet(Math.max(n, 0));
                        return n;
                    }
                })
                .inputStream();
    }
}
