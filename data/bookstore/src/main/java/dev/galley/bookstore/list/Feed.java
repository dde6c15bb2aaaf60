package dev.galley.bookstore.list;

import dev.galley.bookstore.world.chance.EntityIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A resource of any size, listed in the order (updated_at, id). It is cut into buckets of time, each of which can say
 * by arithmetic what changed last in it; nothing else is looked at.
 */
public interface Feed {
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
    void collect(long bucket, WorldView view, List<Entry> into);

    EntityIds ids();

    /** Empty if the number is of no record that can be seen. */
    Optional<Entry> find(OptionalLong number, WorldView view);

    /** Writes the fields of the record. */
    void write(JsonWriter json, Entry entry, WorldView view);

    /** A record of this feed that changed last at a time. */
    default Entry entry(long number, long updatedAt) {
        return new Entry(updatedAt, ids().number(number), number);
    }

    /** The entries in the bucket that changed at {@code since} or later, in their order. */
    default List<Entry> sorted(long bucket, WorldView view, long since) {
        List<Entry> entries = new ArrayList<>();
        collect(bucket, view, entries);
        entries.removeIf(entry -> entry.updatedAt() < since);
        entries.sort(null);
        return entries;
    }

    /** The bucket in which the entries begin that changed at {@code since} or later. */
    default long firstBucket(long since) {
        return since == Long.MIN_VALUE ? firstBucket() : Math.max(firstBucket(), bucketOf(since));
    }
}
