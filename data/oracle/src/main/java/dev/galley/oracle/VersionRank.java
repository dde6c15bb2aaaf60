package dev.galley.oracle;

import dev.galley.oracle.pipeline.ValueOrder;
import org.jspecify.annotations.Nullable;

/** A version and what it says: of equal versions, rows are above being gone. */
record VersionRank(Object version, boolean rows) implements Comparable<VersionRank> {
    static @Nullable VersionRank of(@Nullable Object version, boolean rows) {
        return version == null ? null : new VersionRank(version, rows);
    }

    @Override
    public int compareTo(VersionRank other) {
        int versions = ValueOrder.compareVersions(version, other.version);
        return versions != 0 ? versions : Boolean.compare(rows, other.rows);
    }
}
