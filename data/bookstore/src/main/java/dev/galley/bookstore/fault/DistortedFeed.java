package dev.galley.bookstore.fault;

import dev.galley.bookstore.list.ChangeFeed;
import dev.galley.bookstore.list.Feed;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.chance.EntityIds;
import dev.galley.bookstore.world.chance.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A feed whose changes come late, share their seconds, or are left out.
 *
 * @param delay seconds for which changes of some records cannot be seen; then they stand where they should have been
 * @param oneIn how many records there are for each that comes late
 * @param grain seconds to which updated_at is cut; a divisor of an hour
 * @param byBirth whether a record stands where it was made, however it changed since
 */
record DistortedFeed(Feed feed, long delay, int oneIn, long grain, boolean byBirth) implements Feed {
    @Override
    public long firstBucket() {
        return feed.firstBucket();
    }

    @Override
    public long bucketOf(long epochSecond) {
        return feed.bucketOf(epochSecond);
    }

    @Override
    public void collect(long bucket, WorldView view, List<Entry> into) {
        List<Entry> found = new ArrayList<>();
        if (byBirth && feed instanceof ChangeFeed born) {
            collectBorn(born, bucket, view, found);
        } else {
            feed.collect(bucket, view, found);
        }
        if (delay > 0) {
            found.removeIf(this::isLate);
            List<Entry> seenLate = new ArrayList<>();
            feed.collect(bucket, view.at(view.now() - delay), seenLate);
            seenLate.stream().filter(this::isLate).forEach(found::add);
        }
        for (Entry entry : found) {
            into.add(new Entry(Math.floorDiv(entry.updatedAt(), grain) * grain, entry.id(), entry.number()));
        }
    }

    private static void collectBorn(ChangeFeed born, long bucket, WorldView view, List<Entry> into) {
        born.changes(bucket, view, (number, step, at) -> {
            if (step == 0) {
                into.add(born.entry(number, at));
            }
        });
    }

    @Override
    public EntityIds ids() {
        return feed.ids();
    }

    @Override
    public Optional<Entry> find(OptionalLong number, WorldView view) {
        return feed.find(number, view);
    }

    @Override
    public void write(JsonWriter json, Entry entry, WorldView view) {
        Entry shown = byBirth ? feed.find(OptionalLong.of(entry.number()), view).orElse(entry) : entry;
        feed.write(json, shown, delay > 0 && isLate(entry) ? view.at(view.now() - delay) : view);
    }

    private boolean isLate(Entry entry) {
        return Math.floorMod(SeededRandom.mix(entry.number()), oneIn) == 0;
    }
}
