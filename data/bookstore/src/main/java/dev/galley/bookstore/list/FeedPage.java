package dev.galley.bookstore.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stretch of a feed, and whether more follows. */
public record FeedPage(List<Feed.Entry> entries, boolean more) {
    /**
     * The first {@code limit} entries changed at {@code since} or later and behind {@code after}, which need not exist.
     */
    public static FeedPage of(Feed feed, WorldView view, long since, Optional<Feed.Entry> after, int limit) {
        long from = Math.max(since, after.map(Feed.Entry::updatedAt).orElse(Long.MIN_VALUE));
        List<Feed.Entry> entries = new ArrayList<>(limit + 1);
        List<Feed.Entry> bucketful = new ArrayList<>();
        long last = feed.bucketOf(view.now());
        long bucket = from == Long.MIN_VALUE ? feed.firstBucket() : Math.max(feed.firstBucket(), feed.bucketOf(from));
        for (; bucket <= last && entries.size() <= limit; bucket++) {
            bucketful.clear();
            feed.collect(bucket, view, bucketful);
            bucketful.removeIf(entry -> entry.updatedAt() < from
                    || after.filter(end -> entry.compareTo(end) <= 0).isPresent());
            bucketful.sort(null);
            entries.addAll(bucketful.subList(0, Math.min(bucketful.size(), limit + 1 - entries.size())));
        }
        boolean more = entries.size() > limit;
        return new FeedPage(more ? entries.subList(0, limit) : entries, more);
    }
}
