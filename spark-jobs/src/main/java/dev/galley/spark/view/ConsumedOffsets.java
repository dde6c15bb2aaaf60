package dev.galley.spark.view;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/**
 * How far a table has read what it is made of.
 *
 * @param upTo by upstream table its snapshot; of a landed resource {@code batch} with the number of the last batch
 */
public record ConsumedOffsets(Map<String, Long> upTo) {
    /** Nothing yet. */
    public static final ConsumedOffsets NOTHING = new ConsumedOffsets(Map.of());

    static final String PROPERTY = "galley.consumed";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    public ConsumedOffsets {
        upTo = Map.copyOf(upTo);
    }

    /**
     * What stands in the newest snapshot of {@code ref}'s history that says so; {@link #NOTHING} if none does, or if
     * there is no such branch or tag.
     *
     * @throws IllegalStateException if a snapshot says it in a way that cannot be read
     */
    public static ConsumedOffsets read(Table table, String ref) {
        Snapshot carrier = newest(table, ref);
        return carrier == null
                ? NOTHING
                : parse(table, carrier, requireNonNull(carrier.summary().get(PROPERTY)));
    }

    /** The snapshot that {@link #of} reads. */
    public static Optional<Long> carrier(Table table, String ref) {
        return Optional.ofNullable(newest(table, ref)).map(Snapshot::snapshotId);
    }

    /** Whether the history of {@code ref} was cut before a snapshot that says what was consumed: then it is not known. */
    public static boolean isForgotten(Table table, String ref) {
        Snapshot snapshot = table.snapshot(ref);
        while (snapshot != null && !snapshot.summary().containsKey(PROPERTY)) {
            Long parent = snapshot.parentId();
            if (parent != null && table.snapshot(parent) == null) {
                return true;
            }
            snapshot = parent == null ? null : table.snapshot(parent);
        }
        return false;
    }

    private static @Nullable Snapshot newest(Table table, String ref) {
        Snapshot snapshot = table.snapshot(ref);
        while (snapshot != null && !snapshot.summary().containsKey(PROPERTY)) {
            Long parent = snapshot.parentId();
            snapshot = parent == null ? null : table.snapshot(parent);
        }
        return snapshot;
    }

    /** The snapshot of {@code upstream}, or number of the batch; empty if none was consumed. */
    public Optional<Long> of(String upstream) {
        return Optional.ofNullable(upTo.get(upstream));
    }

    String toJson() {
        try {
            return JSON.writeValueAsString(upTo);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + PROPERTY + " of " + upTo, e);
        }
    }

    private static ConsumedOffsets parse(Table table, Snapshot snapshot, String json) {
        try {
            return new ConsumedOffsets(JSON.readValue(json, new TypeReference<Map<String, Long>>() {}));
        } catch (JsonProcessingException | NullPointerException e) {
            throw new IllegalStateException(
                    "Cannot read " + PROPERTY + " of " + table.name() + ", snapshot " + snapshot.snapshotId() + ": "
                            + json,
                    e);
        }
    }
}
