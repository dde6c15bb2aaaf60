package dev.galley.spark.store;

import dev.galley.landing.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** The bytes of an object whose length is known: all of them, or a {@link StoreException}. */
final class WholeFile extends InputStream {
    private final InputStream in;
    private final Function<IOException, StoreException> failed;
    private long left;

    WholeFile(InputStream in, long length, Function<IOException, StoreException> failed) {
        this.in = in;
        this.left = length;
        this.failed = failed;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            int read = in.read(bytes, offset, length);
            if (read < 0 && left > 0) {
                throw new EOFException("the answer ended " + left + " bytes too early");
            }
            left -= Math.max(read, 0);
            return read;
        } catch (IOException e) {
            throw failed.apply(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
