package dev.galley.spark.view;

import org.jspecify.annotations.Nullable;

/**
 * Of a table only what changed since a snapshot of it, up to what the run sees.
 *
 * @param since the snapshot, itself excluded; null if nothing was consumed before, so that everything is new
 */
public record ChangeRange(@Nullable Long since) {
    private static final ChangeRange WHOLE = new ChangeRange(null);

    /** What changed since {@code snapshot}, which itself is excluded. */
    public static ChangeRange since(long snapshot) {
        return new ChangeRange(snapshot);
    }

    /** Everything: nothing was consumed before. */
    public static ChangeRange whole() {
        return WHOLE;
    }
}
