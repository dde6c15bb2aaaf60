package dev.galley.spark.bronze;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a stream, one at a time, as a window of bytes: no copy, no text. A line ends with a line feed or with the
 * stream. A line longer than the limit is passed over and counted, so memory stays bounded. Not for several threads.
 */
final class Lines {
    private static final int FIRST_SIZE = 1 << 18;

    private final InputStream in;
    private final int limit;
    private byte[] buffer;
    private int start;
    private int end;
    private int filled;
    private int scanned;
    private long length;
    private boolean finished;

    Lines(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
        this.buffer = new byte[Math.min(FIRST_SIZE, limit + 1)];
    }

    /** Moves to the next line; false at the end of the stream. */
    boolean next() throws IOException {
        start = scanned;
        while (true) {
            int feed = find();
            if (feed >= 0) {
                end = feed;
                length = (long) end - start;
                scanned = feed + 1;
                return true;
            }
            if (filled - start > limit) {
                return passOver();
            }
            if (finished || !fill()) {
                end = filled;
                length = (long) end - start;
                scanned = filled;
                return length > 0;
            }
        }
    }

    /** The bytes that hold the line, from {@link #start} up to {@link #end}. Valid until the next call of {@link #next}. */
    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Bytes of the line, without its line feed. */
    long length() {
        return length;
    }

    /** Whether the line is longer than the limit: its bytes are gone, its length is known. */
    boolean isTooLong() {
        return length > limit;
    }

    private int find() {
        for (int i = scanned; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        scanned = filled;
        return -1;
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            scanned -= start;
            start = 0;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, limit + 1L));
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        finished = read < 0;
        filled += Math.max(read, 0);
        return !finished;
    }

    private boolean passOver() throws IOException {
        long passed = 0;
        int feed = -1;
        while (feed < 0 && !finished) {
            passed += filled - start;
            start = 0;
            filled = 0;
            scanned = 0;
            fill();
            feed = find();
        }
        length = passed + (feed < 0 ? 0 : feed);
        scanned = feed < 0 ? filled : feed + 1;
        end = start;
        return true;
    }
}
