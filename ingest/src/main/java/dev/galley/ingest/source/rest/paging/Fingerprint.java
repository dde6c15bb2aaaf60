package dev.galley.ingest.source.rest.paging;

import dev.galley.ingest.source.ReceivedRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Tells requests and pages of a crawl apart without keeping them: two sums in one number, which nobody forges. */
final class Fingerprint {
    private final CRC32 first = new CRC32();
    private final CRC32C second = new CRC32C();

    private Fingerprint() {}

    static long of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Fingerprint().add(bytes, 0, bytes.length).sum();
    }

    /** Of the texts of all records. */
    static long of(List<ReceivedRecord> records) {
        Fingerprint fingerprint = new Fingerprint();
        records.forEach(record -> fingerprint.add(record.body(), record.from(), record.length()));
        return fingerprint.sum();
    }

    private Fingerprint add(byte[] bytes, int from, int length) {
        first.update(bytes, from, length);
        second.update(bytes, from, length);
        return this;
    }

    private long sum() {
        return (first.getValue() << 32) | second.getValue();
    }
}
