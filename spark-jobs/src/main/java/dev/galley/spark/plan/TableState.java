package dev.galley.spark.plan;

import dev.galley.definition.table.PipelineTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A table as the plan finds it on {@code main}.
 *
 * @param head the snapshot of {@code main}; empty if nothing was published yet
 * @param snapshots all snapshots the table still has
 * @param byRuns of these, those since which nothing but runs changed its rows
 * @param foreign the newest snapshot on {@code main} that changed rows and that no run wrote
 * @param consumed upstream table to the snapshot of it that this table has consumed; of a bronze table, what {@link LandedSoFar}
 *     reads
 * @param forgotten whether the snapshots have expired that said what it has consumed
 * @param consumedBy the run that said so
 * @param model the hash of the model that wrote it
 * @param partition its partition terms, in lower case and without blanks; if files are left of a time when they were others,
 *     those
 * @param drift what other programs did to its columns since its model wrote them
 */
public record TableState(
        OptionalLong head,
        Set<Long> snapshots,
        Set<Long> byRuns,
        OptionalLong foreign,
        Map<String, Long> consumed,
        boolean forgotten,
        Optional<String> consumedBy,
        Optional<String> model,
        List<String> partition,
        Drift drift) {
    /** A table that was never written. */
    public static final TableState NEW = new TableState(
            OptionalLong.empty(),
            Set.of(),
            Set.of(),
            OptionalLong.empty(),
            Map.of(),
            false,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Drift.NONE);

    /**
     * Columns that are not as they were written.
     *
     * @param missing are gone
     * @param lost are gone, or were made anew without their values
     * @param added nobody wrote
     */
    public record Drift(List<String> missing, List<String> lost, List<String> added) {
        public static final Drift NONE = new Drift(List.of(), List.of(), List.of());

        public Drift {
            missing = List.copyOf(missing);
            lost = List.copyOf(lost);
            added = List.copyOf(added);
        }
    }

    public TableState {
        snapshots = Set.copyOf(snapshots);
        byRuns = Set.copyOf(byRuns);
        consumed = Map.copyOf(consumed);
        partition = List.copyOf(partition);
    }

    /** Whether its columns are those that its model wrote, and all its files are partitioned as declared. */
    public boolean isAsDeclared(PipelineTable table) {
        return drift.equals(Drift.NONE) && partition.equals(terms(table));
    }

    /** The partition terms of a file, in lower case and without blanks. */
    static List<String> terms(PipelineTable table) {
        return table.partition().stream()
                .map(term -> term.toLowerCase(Locale.ROOT).replaceAll("\\s+", ""))
                .toList();
    }

    /** Whether rows were changed since a snapshot, other than by runs; not if that snapshot is gone. */
    boolean changedByOthers(long since) {
        return snapshots.contains(since) && !byRuns.contains(since);
    }
}
