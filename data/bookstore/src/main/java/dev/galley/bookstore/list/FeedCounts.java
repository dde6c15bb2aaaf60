package dev.galley.bookstore.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many records of a feed stand in its buckets, so that a page by offset is found without walking to it. Some numbers
 * for each hour of the world, counted once as long as nothing changes.
 */
final class FeedCounts {
    private final long firstBucket;
    private final long[] before;

    /** The newest counts of one list, kept while they hold. Thread-safe. */
    static final class Cache {
        private record Key(Feed feed, long now, FlawedRecords flawed, long since) {}

        private final Map<Key, FeedCounts> newest = new HashMap<>();

        synchronized FeedCounts of(Feed feed, WorldView view, long since) {
            Key key = new Key(feed, view.now(), view.flawed(), since);
            newest.keySet().retainAll(Set.of(key));
            return newest.computeIfAbsent(key, any -> new FeedCounts(feed, view, since));
        }
    }

    private FeedCounts(Feed feed, WorldView view, long since) {
        firstBucket = feed.firstBucket(since);
        before = new long[(int) Math.max(0, feed.bucketOf(view.now()) - firstBucket + 1) + 1];
        List<Feed.Entry> bucketful = new ArrayList<>();
        for (int i = 0; i < before.length - 1; i++) {
            bucketful.clear();
            feed.collect(firstBucket + i, view, bucketful);
            bucketful.removeIf(entry -> entry.updatedAt() < since);
            before[i + 1] = before[i] + bucketful.size();
        }
    }

    long total() {
        return before[before.length - 1];
    }

    FeedPage page(Feed feed, WorldView view, long since, long offset, int limit) {
        long start = Math.max(0, offset);
        int found = Arrays.binarySearch(before, start);
        // Buckets may be empty: any of several equal counts will do, what is before them is skipped.
        int bucket = found >= 0 ? found : -found - 2;
        List<Feed.Entry> entries = new ArrayList<>();
        long skip = start - before[bucket];
        for (; bucket < before.length - 1 && entries.size() < limit; bucket++) {
            List<Feed.Entry> bucketful = feed.sorted(firstBucket + bucket, view, since);
            int from = (int) Math.min(skip, bucketful.size());
            skip -= from;
            entries.addAll(bucketful.subList(from, Math.min(bucketful.size(), from + limit - entries.size())));
        }
        return new FeedPage(entries, start + entries.size() < total() && !entries.isEmpty());
    }
}
