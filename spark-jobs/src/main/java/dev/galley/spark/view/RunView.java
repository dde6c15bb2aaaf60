package dev.galley.spark.view;

import dev.galley.definition.table.TableName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
public record RunView(
        String branch, Map<TableName, Long> forks, Pins pins, Map<TableName, List<String>> identities, boolean past) {
    private static final String AS_OF = "as-of";
    private static final String PINS = "as-of.snapshots";

    public RunView {
        if (branch.isBlank()) {
            throw new IllegalArgumentException("Cannot describe a run: its branch has no name");
        }
        forks = Map.copyOf(forks);
        identities = Map.copyOf(identities);
    }

    public RunView(String branch, Map<TableName, Long> forks, Pins pins, Map<TableName, List<String>> identities) {
        this(branch, forks, pins, identities, false);
    }

    /**
     * Properties for a {@link RunCatalog}, which make it show, read-only, the snapshots given and every other table empty.
     *
     * @param name what that state is called, for messages
     */
    public static Map<String, String> asOf(String name, Map<TableName, Long> snapshots) {
        String pins = snapshots.entrySet().stream()
                .map(pin -> pin.getKey() + "=" + pin.getValue())
                .collect(Collectors.joining(","));
        return Map.of(AS_OF, name, PINS, pins);
    }

    /** Reads what {@link #asOf} wrote; empty if these are properties without it. */
    static Optional<RunView> asOf(Map<String, String> properties) {
        String name = properties.get(AS_OF);
        if (name == null) {
            return Optional.empty();
        }
        Map<TableName, Long> pins = Arrays.stream(
                        properties.getOrDefault(PINS, "").split(","))
                .filter(pin -> !pin.isEmpty())
                .map(pin -> pin.split("="))
                .collect(Collectors.toMap(pin -> TableName.of(pin[0]), pin -> Long.valueOf(pin[1])));
        return Optional.of(new RunView(name, Map.of(), pins::get, Map.of(), true));
    }

    /** Of a table the snapshot that the run reads; null if it had none. Asked by several threads. */
    public interface Pins {
        @Nullable Long get(TableName table);
    }

    RunView with(TableName table, long before) {
        Map<TableName, Long> more = new HashMap<>(forks);
        more.put(table, before);
        return new RunView(branch, more, pins, identities, past);
    }

    List<String> identity(TableName table) {
        return identities.getOrDefault(table, List.of());
    }

    boolean writes(TableName table) {
        return forks.containsKey(table);
    }
}
