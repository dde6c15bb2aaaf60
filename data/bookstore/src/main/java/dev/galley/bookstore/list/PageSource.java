package dev.galley.bookstore.list;

import java.util.List;
import java.util.Optional;

/** The records of a list in a fixed order, to be cut anywhere. */
public interface PageSource {
    /**
     * A stretch of a list.
     *
     * @param next where to go on, if more follows
     */
    record Slice(List<JsonWriter.Fields> records, Optional<String> next) {
        public Slice {
            records = List.copyOf(records);
        }
    }

    /** What stands behind the cursor, which another slice of this list gave out; the beginning if there is none. */
    Slice after(Optional<String> cursor, int limit);

    /** What stands behind the record that a client names by its keyset. */
    Slice afterKey(int limit);

    /** What stands behind the first {@code offset} records. */
    Slice at(long offset, int limit);

    long total();
}
