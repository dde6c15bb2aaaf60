package dev.galley.spark.view;

import org.jspecify.annotations.Nullable;

/** Of a table only what changed since a snapshot of it, up to what the run sees. */
public final class Window {
    private static final Window WHOLE = new Window(null);

    private final @Nullable Long since;

    private Window(@Nullable Long since) {
        this.since = since;
    }

    /** What changed since {@code snapshot}, which itself is excluded. */
    public static Window since(long snapshot) {
        return new Window(snapshot);
    }

    /** Everything: nothing was consumed before. */
    public static Window whole() {
        return WHOLE;
    }

    @Nullable Long since() {
        return since;
    }
}
