package dev.galley.spark.store;

import dev.galley.landing.StoreException;
import dev.galley.landing.StoreException.Kind;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a part as stored, digested while they are read. What goes wrong in the store is a {@link StoreException}, so
 * an {@link IOException} that arises above it speaks of the bytes.
 */
public final class SealedObject extends InputStream {
    private final LandedPart part;
    private final InputStream in;
    private final MessageDigest digest = sha256();

    private SealedObject(LandedPart part, InputStream in) {
        this.part = part;
        this.in = in;
    }

    public static SealedObject open(LandedPart part, Configuration hadoop) {
        Path path = new Path(part.uri());
        try {
            return new SealedObject(part, path.getFileSystem(hadoop).open(path));
        } catch (IOException e) {
            throw failed(part, e);
        }
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
            if (read > 0) {
                digest.update(bytes, offset, read);
            }
            return read;
        } catch (IOException e) {
            throw failed(part, e);
        }
    }

    /** Reads what is left; throws, naming the object, unless it is the one that was sealed. */
    public void verify(@Nullable Throwable symptom) {
        byte[] rest = new byte[1 << 16];
        int read = 0;
        while (read >= 0) {
            read = read(rest, 0, rest.length);
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(part.sha256())) {
            throw corrupt(
                    "its checksum differs from its seal (SHA-256 " + found + ", sealed " + part.sha256() + ")",
                    symptom);
        }
    }

    public StoreException corrupt(String reason, @Nullable Throwable symptom) {
        String message = "Cannot read " + part.uri() + ": " + reason
                + "; put the object back as it was, or have its batch " + part.batchName() + " fetched again";
        return symptom == null
                ? new StoreException(Kind.CORRUPT, message)
                : new StoreException(Kind.CORRUPT, message, symptom);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static StoreException failed(LandedPart part, IOException e) {
        if (e instanceof FileNotFoundException) {
            String message = "Cannot read " + part.uri() + ": its batch is sealed, but there is no such object; "
                    + "put the object back, or have its batch " + part.batchName() + " fetched again";
            return new StoreException(Kind.NOT_FOUND, message, e);
        }
        return new StoreException(Kind.UNAVAILABLE, "Cannot read " + part.uri() + ": " + e.getMessage(), e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
