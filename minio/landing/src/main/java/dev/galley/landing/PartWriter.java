package dev.galley.landing;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One part while it is written: a local file that goes away when this is closed. */
final class PartWriter implements AutoCloseable {
    /** Of 93 MB of orders: 8.6 times smaller at 356 MB/s, level 3 8.7 times at 216 MB/s, gzip 7.4 times at 52 MB/s. */
    private static final int LEVEL = 1;

    private final String name;
    private final Path file;
    private final MessageDigest sha256 = sha256();
    private final Counting lines;
    private final EnvelopeWriter envelopes;
    private long records;
    private long unreadable;

    private PartWriter(String name, Path file) throws IOException {
        this.name = name;
        this.file = file;
        OutputStream stored = new DigestOutputStream(Files.newOutputStream(file), sha256);
        // The compressor crosses into native code at every write.
        this.lines = new Counting(
                new BufferedOutputStream(new ZstdOutputStream(stored, LEVEL).setChecksum(true), 128 * 1024));
        this.envelopes = new EnvelopeWriter(lines);
    }

    static PartWriter create(String name, Path spool) throws IOException {
        Files.createDirectories(spool);
        Path file = Files.createTempFile(spool, "part-", ".spool");
        try {
            return new PartWriter(name, file);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    void append(RecordPosition at, @Nullable JsonText parent, JsonText record) throws IOException {
        envelopes.write(at, parent, record);
        records++;
    }

    void unreadable(RecordPosition at, byte[] raw, String error) throws IOException {
        envelopes.writeUnreadable(at, raw, error);
        records++;
        unreadable++;
    }

    /** Bytes before compression. */
    long rawBytes() {
        return lines.count;
    }

    /** Closes the file and stores it. */
    Manifest.Part store(ObjectStore store, String folder) throws IOException {
        lines.close();
        store.upload(folder + "/" + name, file);
        return new Manifest.Part(
                name,
                records,
                unreadable,
                Files.size(file),
                lines.count,
                HexFormat.of().formatHex(sha256.digest()));
    }

    @Override
    public void close() throws IOException {
        try {
            lines.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
