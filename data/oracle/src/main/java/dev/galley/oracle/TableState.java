package dev.galley.oracle;

import dev.galley.oracle.pipeline.Row;
import dev.galley.oracle.pipeline.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a table stands.
 *
 * @param rows what it holds
 * @param waiting its quarantine
 * @param head which of its states this is; 0 if it was never written
 * @param foreign how often somebody else changed its rows
 * @param consumed what it has taken of each table that it reads
 * @param batch the newest batch that a bronze table has taken
 * @param written by what; empty if it was never written, or emptied
 * @param gone versions of keys that it holds no rows of
 */
public record TableState(
        List<Row> rows,
        List<WaitingRow> waiting,
        int head,
        int foreign,
        Map<String, Seen> consumed,
        int batch,
        Optional<Table> written,
        Map<String, Object> gone) {
    static final TableState NEW = new TableState(List.of(), List.of(), 0, 0, Map.of(), 0, Optional.empty(), Map.of());

    public TableState {
        rows = List.copyOf(rows);
        waiting = List.copyOf(waiting);
        consumed = Map.copyOf(consumed);
        gone = Map.copyOf(gone);
    }

    /** A state of another table, and the rows it held. */
    record Seen(int head, int foreign, List<Row> rows) {
        Seen without(Set<String> columns) {
            return new Seen(head, foreign, TableState.without(rows, columns));
        }
    }

    /** Without these columns of its own. */
    TableState without(Set<String> columns) {
        List<WaitingRow> left = waiting.stream()
                .map(w -> new WaitingRow(
                        w.run(), without(List.of(w.row()), columns).get(0), w.checks()))
                .toList();
        return new TableState(without(rows, columns), left, head, foreign, consumed, batch, written, gone);
    }

    /** As if a table that it read had not had these columns. */
    TableState readingWithout(String table, Set<String> columns) {
        Map<String, Seen> seen = new HashMap<>(consumed);
        seen.computeIfPresent(table, (t, s) -> s.without(columns));
        return new TableState(rows, waiting, head, foreign, seen, batch, written, gone);
    }

    private static List<Row> without(List<Row> rows, Set<String> columns) {
        List<Row> left = rows;
        for (String column : columns) {
            left = left.stream().map(row -> row.without(column)).toList();
        }
        return left;
    }

    boolean isNew() {
        return head == 0;
    }

    TableState at(int newHead) {
        return new TableState(rows, waiting, newHead, foreign, consumed, batch, written, gone);
    }

    /** As somebody else left it. */
    TableState overwritten(List<Row> others) {
        return new TableState(others, waiting, head + 1, foreign + 1, consumed, batch, written, gone);
    }

    /** What a table that reads this one has seen. */
    Seen seen() {
        return new Seen(head, foreign, rows);
    }

    /** The rows of {@code all} that are not among {@code some}, each as often as it stands there more often. */
    static List<Row> minus(List<Row> all, @Nullable List<Row> some) {
        Map<Row, Integer> left = new HashMap<>();
        if (some != null) {
            some.forEach(row -> left.merge(row, 1, Integer::sum));
        }
        List<Row> more = new ArrayList<>();
        for (Row row : all) {
            if (left.merge(row, -1, Integer::sum) < 0) {
                more.add(row);
            }
        }
        return more;
    }
}
