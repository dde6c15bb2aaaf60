package dev.galley.spark.plan;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A table as the plan finds it on {@code main}.
 *
 * @param head the snapshot of {@code main}; empty if nothing was published yet
 * @param snapshots all snapshots the table still has
 * @param consumed upstream table to the snapshot of it that this table has consumed
 * @param batch of a bronze table, the newest batch it has consumed; 0 if none
 * @param model the hash of the model that wrote it
 */
public record TableState(
        OptionalLong head, Set<Long> snapshots, Map<String, Long> consumed, long batch, Optional<String> model) {
    /** A table that was never written. */
    public static final TableState NEW = new TableState(OptionalLong.empty(), Set.of(), Map.of(), 0, Optional.empty());

    public TableState {
        snapshots = Set.copyOf(snapshots);
        consumed = Map.copyOf(consumed);
    }
}
