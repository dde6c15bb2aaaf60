package dev.galley.oracle;

import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A version of a key with its rows: applied or refused whole.
 *
 * @param version null if it has none
 * @param rows none if it says that the key is gone, and carries no row
 * @param waited its rows as they wait in quarantine; none if it is fresh
 * @param reasons of each row why it is refused; none speaks against the unit if all are empty
 */
record MergeUnit(
        List<@Nullable Object> key,
        @Nullable Object version,
        List<Row> rows,
        Says says,
        List<WaitingRow> waited,
        List<Set<String>> reasons) {
    /** What it says of the key. */
    enum Says {
        /** It has these rows. */
        ROWS,
        /** It is gone, by this version. */
        GONE,
        /** It is gone, since what it came from is: no version says so. */
        LEFT
    }

    boolean fresh() {
        return waited.isEmpty();
    }

    boolean good() {
        return reasons.stream().allMatch(Set::isEmpty);
    }

    String content() {
        return rows.stream().map(Row::toString).sorted().toList() + " " + ValueText.of(version);
    }

    /** The rows that a table of groups had refused, as the units that they were. */
    static List<List<WaitingRow>> together(List<WaitingRow> waiting, List<String> key, String version) {
        Map<String, List<WaitingRow>> units = new TreeMap<>();
        for (WaitingRow row : waiting) {
            String unit = row.run() + " " + ValueText.ofKey(row.row().get(key)) + " "
                    + ValueText.of(row.row().get(version));
            units.computeIfAbsent(unit, k -> new ArrayList<>()).add(row);
        }
        return List.copyOf(units.values());
    }
}
