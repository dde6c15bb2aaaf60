package dev.galley.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a table stands.
 *
 * @param rows what it holds
 * @param waiting its quarantine
 * @param head which of its states this is; 0 if it was never written
 * @param consumed what it has taken of each table that it reads
 * @param batch the newest batch that a bronze table has taken
 * @param written by what; empty if it was never written, or emptied
 * @param gone versions of keys that it holds no rows of
 */
public record TableState(
        List<Row> rows,
        List<Waiting> waiting,
        int head,
        Map<String, Seen> consumed,
        int batch,
        Optional<Table> written,
        Map<String, Object> gone) {
    static final TableState NEW = new TableState(List.of(), List.of(), 0, Map.of(), 0, Optional.empty(), Map.of());

    public TableState {
        rows = List.copyOf(rows);
        waiting = List.copyOf(waiting);
        consumed = Map.copyOf(consumed);
        gone = Map.copyOf(gone);
    }

    /** A state of another table, and the rows it held. */
    record Seen(int head, List<Row> rows) {}

    boolean isNew() {
        return head == 0;
    }

    TableState at(int newHead) {
        return new TableState(rows, waiting, newHead, consumed, batch, written, gone);
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
