package dev.galley.oracle;

import dev.galley.oracle.pipeline.Row;
import java.util.List;

/**
 * Settles what the engine may do as it likes: which of several rows, or groups of rows, of one key and one version in one
 * delta stays. Whoever plays a history answers by what the engine did.
 */
public interface TieBreak {
    /** Takes the first. */
    TieBreak FIRST = (table, candidates) -> 0;

    /** The place of one of the candidates, which differ. */
    int choose(String table, List<List<Row>> candidates);
}
