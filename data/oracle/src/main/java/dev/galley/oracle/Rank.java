package dev.galley.oracle;

import dev.galley.oracle.pipeline.Order;
import org.jspecify.annotations.Nullable;

/** A version and what it says: of equal versions, rows are above being gone. */
record Rank(Object version, boolean rows) implements Comparable<Rank> {
    static @Nullable Rank of(@Nullable Object version, boolean rows) {
        return version == null ? null : new Rank(version, rows);
    }

    @Override
    public int compareTo(Rank other) {
        int versions = Order.compareVersions(version, other.version);
        return versions != 0 ? versions : Boolean.compare(rows, other.rows);
    }
}
