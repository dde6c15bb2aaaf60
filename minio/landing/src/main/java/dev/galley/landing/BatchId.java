package dev.galley.landing;

import java.util.Comparator;
import java.util.Locale;

/**
 * Names one batch: the {@code sequence}-th of its resource, counted from 1. Its folder is the sequence in eight digits, so
 * that names sort as the batches were landed. Batches of one resource compare by sequence.
 */
public record BatchId(ResourceId resource, long sequence) implements Comparable<BatchId> {
    private static final long LAST = 99_999_999;
    private static final Comparator<BatchId> ORDER = Comparator.comparing((BatchId id) -> id.resource.pipeline())
            .thenComparing(id -> id.resource.source())
            .thenComparing(id -> id.resource.resource())
            .thenComparingLong(BatchId::sequence);

    public BatchId {
        if (sequence < 1 || sequence > LAST) {
            throw new IllegalArgumentException(
                    "Cannot name batch " + sequence + " of " + resource + ": batches count from 1 to " + LAST);
        }
    }

    /** The batch's folder name, for example {@code 00000042}. */
    public String name() {
        return String.format(Locale.ROOT, "%08d", sequence);
    }

    @Override
    public int compareTo(BatchId other) {
        return ORDER.compare(this, other);
    }
}
