package dev.galley.ingest.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** SHA-256 over the texts of records in the order received, whatever pages they came in. Not for several threads. */
public final class RecordDigest {
    private final MessageDigest digest;

    public RecordDigest() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    public RecordDigest add(List<ReceivedRecord> records) {
        for (ReceivedRecord record : records) {
            digest.update(record.body(), record.from(), record.length());
            digest.update((byte) '\n');
        }
        return this;
    }

    /** The sum of all records added; the digest begins anew then. */
    public byte[] sum() {
        return digest.digest();
    }
}
