package dev.galley.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A version of a key with its rows: applied or refused whole.
 *
 * @param version null if it has none
 * @param waited the run that refused it, or null if it is fresh
 * @param reasons of each row why it is refused; none speaks against the unit if all are empty
 */
record Unit(
        List<@Nullable Object> key,
        @Nullable Object version,
        List<Row> rows,
        @Nullable Integer waited,
        List<Set<String>> reasons) {
    boolean good() {
        return reasons.stream().allMatch(Set::isEmpty);
    }

    String content() {
        return rows.stream().map(Row::toString).sorted().toList().toString();
    }

    /** The rows that a table of groups had refused, as the units that they were. */
    static Map<String, List<Waiting>> together(List<Waiting> waiting, List<String> key, String version) {
        Map<String, List<Waiting>> units = new TreeMap<>();
        for (Waiting row : waiting) {
            String unit = row.run() + " " + Text.ofKey(row.row().get(key)) + " "
                    + Text.of(row.row().get(version));
            units.computeIfAbsent(unit, k -> new ArrayList<>()).add(row);
        }
        return new LinkedHashMap<>(units);
    }
}
