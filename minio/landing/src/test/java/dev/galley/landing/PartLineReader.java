package dev.galley.landing;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads the envelopes of one part, one at a time. After the last one the part's checksum and counts are compared with its
 * manifest: only then is it known that all were as landed. Closing before the end checks nothing. For one thread.
 */
public final class PartLineReader implements AutoCloseable {
    private final String where;
    private final Manifest.Part part;
    private final MessageDigest sha256 = PartWriter.sha256();
    private final InputStream stored;
    private final InputStream lines;
    private long records;
    private long rawBytes;

    private PartLineReader(String where, Manifest.Part part, InputStream object) throws IOException {
        this.where = where;
        this.part = part;
        this.stored = new DigestInputStream(object, sha256);
        this.lines = new BufferedInputStream(new ZstdInputStream(stored), 64 * 1024);
    }

    /** {@link StoreException} of kind NOT_FOUND if the part is missing, CORRUPT if it is not compressed as its name says. */
    public static PartLineReader open(ObjectStore store, Batch batch, Manifest.Part part) {
        String key = batch.key(part);
        String where = store.location() + "/" + key;
        InputStream object = store.open(key);
        try {
            return new PartLineReader(where, part, object);
        } catch (IOException e) {
            try {
                object.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new StoreException(StoreException.Kind.CORRUPT, "Cannot read " + where + ": " + e.getMessage(), e);
        }
    }

    /**
     * The next envelope, or empty after the last.
     *
     * @throws StoreException of kind CORRUPT if the part is not what its manifest says; the message names part and line
     */
    public Optional<PartLine> next() {
        try {
            Optional<byte[]> line = line();
            if (line.isEmpty()) {
                checkWhole();
                return Optional.empty();
            }
            records++;
            return line.map(PartLine::parse);
        } catch (IOException | IllegalArgumentException e) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    "Cannot read " + where + " at line " + Math.max(records, 1) + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, "Cannot close " + where + ": " + e.getMessage(), e);
        }
    }

    private Optional<byte[]> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        for (int b = lines.read(); b >= 0; b = lines.read()) {
            // The manifest bounds what a part unpacks to.
            if (++rawBytes > part.rawBytes()) {
                throw new IOException("it holds more than the " + part.rawBytes() + " bytes its manifest says");
            }
            if (b == '\n') {
                return Optional.of(line.toByteArray());
            }
            line.write(b);
        }
        if (line.size() > 0) {
            throw new IOException("its last line has no end");
        }
        return Optional.empty();
    }

    private void checkWhole() throws IOException {
        stored.transferTo(OutputStream.nullOutputStream());
        String found = HexFormat.of().formatHex(sha256.digest());
        if (!found.equals(part.sha256())) {
            throw new IOException("its SHA-256 is " + found + ", its manifest says " + part.sha256());
        }
        if (records != part.records() || rawBytes != part.rawBytes()) {
            throw new IOException("it holds " + records + " lines and " + rawBytes + " bytes, its manifest says "
                    + part.records() + " and " + part.rawBytes());
        }
    }
}
