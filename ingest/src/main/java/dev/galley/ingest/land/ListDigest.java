package dev.galley.ingest.land;

import dev.galley.ingest.source.ReceivedRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A sum over the texts of records in the order received, whatever pages they came in: SHA-256 of the sum before the record
 * and the record. So the sum is all that has to be kept to add more records later. Not for several threads.
 */
final class ListDigest {
    private final MessageDigest sha256;
    private byte[] sum;

    private ListDigest(byte[] sum) {
        this.sum = sum;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Of no records yet. */
    static ListDigest empty() {
        return new ListDigest(new byte[32]);
    }

    /**
     * Of the records that {@code sum} is of.
     *
     * @throws IllegalArgumentException if it is no sum
     */
    static ListDigest of(String sum) {
        return new ListDigest(HexFormat.of().parseHex(sum));
    }

    void add(List<ReceivedRecord> records) {
        for (ReceivedRecord record : records) {
            sha256.update(sum);
            sha256.update(record.body(), record.from(), record.length());
            sum = sha256.digest();
        }
    }

    /** In hex. */
    String sum() {
        return HexFormat.of().formatHex(sum);
    }
}
