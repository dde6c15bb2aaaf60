package dev.galley.store;

import dev.galley.landing.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One object from its start to its end, and never a part of it as if it were all. An answer that breaks off is asked for again
 * from where it ended, a few times; then, and where the object is no longer the same, reading is a {@link StoreException} of
 * kind {@code UNAVAILABLE}. For one thread.
 */
final class WholeObject extends InputStream {
    private static final int RESUMPTIONS = 4;

    private final String deed;
    private final Source source;
    private final Optional<String> etag;
    private InputStream body;
    private long offset;
    private int resumptions;

    /** Asks a server for the object's bytes. */
    @FunctionalInterface
    interface Source {
        /** The bytes from {@code offset} to the end, of the object with this ETag if one is given. */
        Answer from(long offset, Optional<String> etag);
    }

    /** What the server answered: the bytes, and the object's ETag if it has one. */
    record Answer(InputStream body, Optional<String> etag) {}

    private WholeObject(String deed, Source source, Answer begun) {
        this.deed = deed;
        this.source = source;
        this.body = begun.body();
        this.etag = begun.etag();
    }

    /** @param deed what cannot be done if this fails, as in "Cannot read s3://bucket/key at http://host" */
    static WholeObject open(String deed, Source source) {
        return new WholeObject(deed, source, source.from(0, Optional.empty()));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        while (true) {
            try {
                int read = body.read(bytes, from, length);
                offset += Math.max(read, 0);
                return read;
            } catch (IOException e) {
                resume(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    private void resume(IOException failure) {
        try {
            body.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        if (resumptions == RESUMPTIONS || Thread.currentThread().isInterrupted()) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    deed + ": the answer broke off after " + offset + " bytes (" + failure.getMessage() + ")",
                    failure);
        }
        resumptions++;
        body = source.from(offset, etag).body();
    }
}
