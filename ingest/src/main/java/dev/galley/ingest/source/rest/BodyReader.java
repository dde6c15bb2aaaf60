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
import okio.ForwardingSource;
import okio.Okio;

/** Reads a response's body whole, within bounds on what it may grow to. */
final class BodyReader {
    /** Honest JSON shrinks 5 to 50 times; a bomb about 1,000 times. */
    private static final long MAX_RATIO = 200;

    /** Below this size the ratio says nothing. */
    private static final long RATIO_FROM = 1 << 20;

    private final long maxBytes;

    BodyReader(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * @throws SourceException of kind TRUNCATED or TOO_LARGE
     * @throws IOException if the connection fails
     */
    byte[] read(Response response) throws IOException {
        AtomicLong received = new AtomicLong();
        String encoding = response.header("Content-Encoding", "identity");
        try (InputStream raw = counting(response, received)) {
            return switch (encoding) {
                case "identity" -> readAll(raw, received);
                case "gzip" -> unzip(raw, received);
                default ->
                    throw new SourceException(
                            Kind.WRONG_SHAPE, "the response is encoded as " + encoding + ", which was not asked for");
            };
        }
    }

    private byte[] unzip(InputStream raw, AtomicLong received) throws IOException {
        try (InputStream plain = new GZIPInputStream(raw, 1 << 16)) {
            return readAll(plain, received);
        } catch (EOFException | ZipException e) {
            throw new SourceException(Kind.TRUNCATED, "the gzip stream is broken: " + e.getMessage(), e);
        }
    }

    private byte[] readAll(InputStream in, AtomicLong received) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 16);
        byte[] chunk = new byte[1 << 16];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            body.write(chunk, 0, n);
            requireWithin(body.size(), received.get());
        }
        return body.toByteArray();
    }

    private void requireWithin(long size, long received) {
        if (size > maxBytes) {
            throw new SourceException(
                    Kind.TOO_LARGE,
                    "the response is larger than " + maxBytes + " bytes; ask for smaller pages or raise the limit");
        }
        if (size > RATIO_FROM && size / MAX_RATIO > received) {
            throw new SourceException(
                    Kind.TOO_LARGE,
                    "the response unpacks to more than " + MAX_RATIO + " times its size, as no honest JSON does");
        }
    }

    private static InputStream counting(Response response, AtomicLong received) {
        return Okio.buffer(new ForwardingSource(response.body().source()) {
                    @Override
                    public long read(okio.Buffer sink, long byteCount) throws IOException {
                        long n = super.read(sink, byteCount);
                        received.addAndGet(Math.max(n, 0));
                        return n;
                    }
                })
                .inputStream();
    }
}
