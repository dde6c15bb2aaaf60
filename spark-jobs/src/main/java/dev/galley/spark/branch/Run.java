package dev.galley.spark.branch;

import dev.galley.definition.table.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an open run sees.
 *
 * @param branch the audit branch; every table of {@code forks} has it
 * @param forks the tables that this run writes, each with the snapshot its branch started from; for a table that was
 *     never published that is the empty snapshot at the root of the branch
 * @param pins the snapshot of {@code main} at the start of the run, of tables that the run does not write; a table that
 *     is not named had no {@code main} then, and is seen empty. Pins of tables in {@code forks} are ignored
 * @param identities columns of which one differs whenever a row of the table differs, such as key and version; of a table
 *     that is not named, all columns tell
 * @param past whether it looks back, and sees the columns that tables had then; else those that they have now
 */
public record Run(
        String branch, Map<TableName, Long> forks, Pins pins, Map<TableName, List<String>> identities, boolean past) {
    public Run {
        if (branch.isBlank()) {
            throw new IllegalArgumentException("Cannot describe a run: its branch has no name");
        }
        forks = Map.copyOf(forks);
        identities = Map.copyOf(identities);
    }

    public Run(
            String branch,
            Map<TableName, Long> forks,
            Map<TableName, Long> pins,
            Map<TableName, List<String>> identities) {
        this(branch, forks, Map.copyOf(pins)::get, identities);
    }

    public Run(String branch, Map<TableName, Long> forks, Pins pins, Map<TableName, List<String>> identities) {
        this(branch, forks, pins, identities, false);
    }

    /** What {@code pins} show, as it was. */
    static Run ofPast(String name, Map<TableName, Long> pins) {
        return new Run(name, Map.of(), Map.copyOf(pins)::get, Map.of(), true);
    }

    /** Of a table the snapshot that the run reads; null if it had none. Asked by several threads. */
    public interface Pins {
        @Nullable Long get(TableName table);
    }

    Run with(TableName table, long before) {
        Map<TableName, Long> more = new HashMap<>(forks);
        more.put(table, before);
        return new Run(branch, more, pins, identities, past);
    }

    List<String> identity(TableName table) {
        return identities.getOrDefault(table, List.of());
    }

    boolean writes(TableName table) {
        return forks.containsKey(table);
    }
}
