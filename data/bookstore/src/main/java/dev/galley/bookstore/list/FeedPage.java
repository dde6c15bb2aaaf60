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
        long last = feed.bucketOf(view.now());
        for (long bucket = feed.firstBucket(from); bucket <= last && entries.size() <= limit; bucket++) {
            List<Feed.Entry> bucketful = feed.sorted(bucket, view, from);
            bucketful.removeIf(
                    entry -> after.filter(end -> entry.compareTo(end) <= 0).isPresent());
            entries.addAll(bucketful.subList(0, Math.min(bucketful.size(), limit + 1 - entries.size())));
        }
        boolean more = entries.size() > limit;
        return new FeedPage(more ? entries.subList(0, limit) : entries, more);
    }
}
