package dev.galley.ingest.source.rest;

import dev.galley.ingest.source.ReceivedRecord;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Tells the pages of a crawl apart without keeping them: two sums of all their records' bytes, which nobody forges. */
record Fingerprint(long bytes, long first, long second) {
    static Fingerprint of(List<ReceivedRecord> records) {
        CRC32 first = new CRC32();
        CRC32C second = new CRC32C();
        long bytes = 0;
        for (ReceivedRecord record : records) {
            first.update(record.body(), record.from(), record.length());
            second.update(record.body(), record.from(), record.length());
            bytes += record.length();
        }
        return new Fingerprint(bytes, first.getValue(), second.getValue());
    }
}
