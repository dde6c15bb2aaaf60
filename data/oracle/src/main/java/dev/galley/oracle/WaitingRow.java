package dev.galley.oracle;

import dev.galley.oracle.pipeline.Row;
import java.util.Set;
import java.util.TreeSet;

/**
 * A row in quarantine.
 *
 * @param run of the run that refused it: rows of one group that were refused together come back together
 * @param row of a model's table, a row of it; of a bronze table where the record was received
 */
public record WaitingRow(int run, Row row, Set<String> checks) {
    public WaitingRow {
        checks = new TreeSet<>(checks);
    }

    @Override
    public String toString() {
        return row + " for " + checks;
    }
}
