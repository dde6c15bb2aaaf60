package dev.galley.landing;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How a part is compressed; its name's ending tells. */
public enum Compression {
    ZSTD(".zst") {
        @Override
        OutputStream compressing(OutputStream out) throws IOException {
            return new ZstdOutputStream(out, LEVEL).setChecksum(true);
        }

        @Override
        public InputStream decompressing(InputStream in) throws IOException {
            return new ZstdInputStream(in);
        }
    },
    GZIP(".gz") {
        @Override
        OutputStream compressing(OutputStream out) throws IOException {
            return new GZIPOutputStream(out, BUFFER);
        }

        @Override
        public InputStream decompressing(InputStream in) throws IOException {
            return new GZIPInputStream(in, BUFFER);
        }
    };

    private static final int BUFFER = 64 * 1024;

    /** Of 93 MB of orders: 8.6 times smaller at 356 MB/s, level 3 8.7 times at 216 MB/s, gzip 7.4 times at 52 MB/s. */
    private static final int LEVEL = 1;

    private final String ending;

    Compression(String ending) {
        this.ending = ending;
    }

    /** {@code .zst} or {@code .gz}. */
    public String ending() {
        return ending;
    }

    /**
     * The compression of the part of this name.
     *
     * @throws IllegalArgumentException for any other ending
     */
    public static Compression of(String partName) {
        for (Compression compression : values()) {
            if (partName.endsWith(compression.ending)) {
                return compression;
            }
        }
        throw new IllegalArgumentException(
                "Cannot read part " + partName + ": its name ends neither in .zst nor in .gz");
    }

    abstract OutputStream compressing(OutputStream out) throws IOException;

    /** Reads what was compressed; a text that is cut short or damaged is an {@code IOException}. Closes {@code in}. */
    public abstract InputStream decompressing(InputStream in) throws IOException;
}
