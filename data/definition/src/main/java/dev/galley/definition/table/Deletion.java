package dev.galley.definition.table;

import java.util.Optional;

/**
 * What it means for a key of a table that it is gone.
 *
 * @param when an SQL expression over the columns of the SELECT: where it is true, a version says that its key is gone
 * @param readers what they see of it
 */
public record Deletion(Optional<String> when, Readers readers) {
    /** No version says that its key is gone; of one that is gone otherwise, there is no row. */
    public static final Deletion NONE = new Deletion(Optional.empty(), Readers.HARD);

    /** The column that a table with {@link Readers#SOFT} has beside those of its SELECT. */
    public static final String MARKER = "_is_deleted";

    /** What readers see of a key that is gone. */
    public enum Readers {
        /** Nothing. */
        HARD,
        /** A row that is marked. */
        SOFT
    }

    public boolean soft() {
        return readers == Readers.SOFT;
    }

    CanonicalDefinition into(CanonicalDefinition write) {
        return write.with("delete_when", when.map(String::strip))
                .with("deletes", soft() ? Optional.of("soft") : Optional.empty());
    }
}
