package dev.galley.spark.view;

import org.jspecify.annotations.Nullable;

/**
 * Of a table only what changed since a snapshot of it, up to what the run sees.
 *
 * @param since the snapshot, itself excluded; null if nothing was consumed before, so that everything is new
 */
public record Window(@Nullable Long since) {
    private static final Window WHOLE = new Window(null);

    /** What changed since {@code snapshot}, which itself is excluded. */
    public static Window since(long snapshot) {
        return new Window(snapshot);
    }

    /** Everything: nothing was consumed before. */
    public static Window whole() {
        return WHOLE;
    }
}
