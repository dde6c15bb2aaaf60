package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A resource of any size, listed in the order (updated_at, id). It is cut into buckets of time, each of which can say
 * by arithmetic what changed last in it; nothing else is looked at.
 */
interface Feed {
    /**
     * A record in the list.
     *
     * @param updatedAt epoch second of its newest change
     * @param id the number of its id, which orders as the id does
     */
    record Entry(long updatedAt, long id, long number) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(updatedAt, other.updatedAt);
            return byTime != 0 ? byTime : Long.compare(id, other.id);
        }
    }

    /** The bucket with the oldest entries. */
    long firstBucket();

    long bucketOf(long epochSecond);

    /** Adds the entries whose newest change lies in the bucket, in any order. */
    void collect(long bucket, View view, List<Entry> into);

    Ids ids();

    /** Empty if the number is of no record that can be seen. */
    Optional<Entry> find(OptionalLong number, View view);

    void write(JsonGenerator json, Entry entry, View view) throws IOException;
}
