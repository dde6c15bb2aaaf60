package dev.galley.landing;

/**
 * Names one batch: the {@code sequence}-th of its resource, counted from 1. Its folder is the sequence in eight digits, so
 * that names sort as the batches were landed.
 */
public record BatchId(ResourceId resource, long sequence) implements Comparable<BatchId> {
    /** The batch's folder name, for example {@code 00000042}. */
    public String name() {
        return String.format("%08d", sequence);
    }

    @Override
    public int compareTo(BatchId other) {
        return Long.compare(sequence, other.sequence);
    }
}
