package dev.galley.oracle.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * How a table of keys and versions is written.
 *
 * @param groups whether a key has several rows, which are replaced at once
 * @param gone the condition under which a row says that its key is gone
 * @param soft whether the last row of a key that is gone stays, marked
 */
public record KeyedWriteMode(
        boolean groups,
        List<String> key,
        String version,
        List<String> immutable,
        Optional<Condition> gone,
        boolean soft)
        implements Table.Write {
    /** The mark of rows whose key is gone. */
    public static final String DELETED = "_is_deleted";

    public KeyedWriteMode {
        key = List.copyOf(key);
        immutable = List.copyOf(immutable);
    }

    public static KeyedWriteMode merge(List<String> immutable) {
        return new KeyedWriteMode(false, List.of("k"), "v", immutable, Optional.empty(), false);
    }

    public static KeyedWriteMode replaceGroups() {
        return new KeyedWriteMode(true, List.of("k"), "v", List.of(), Optional.empty(), false);
    }
}
