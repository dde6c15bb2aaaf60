package dev.galley.bookstore.list;

import dev.galley.bookstore.world.chance.ChangeSchedule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Records that change by one timetable, from the first hour on. */
public interface ScheduledFeed extends ChangeFeed {
    ChangeSchedule schedule();

    @Override
    default long firstBucket() {
        return 0;
    }

    @Override
    default long bucketOf(long epochSecond) {
        return schedule().hourOf(epochSecond);
    }

    @Override
    default void collect(long bucket, WorldView view, List<Entry> into) {
        schedule().newest(bucket, view.now(), (number, step, at) -> into.add(entry(number, at)));
    }

    @Override
    default Optional<Entry> find(OptionalLong number, WorldView view) {
        int step = number.isPresent() ? schedule().stepAt(number.getAsLong(), view.now()) : -1;
        return step >= 0
                ? Optional.of(entry(number.getAsLong(), schedule().at(number.getAsLong(), step)))
                : Optional.empty();
    }

    @Override
    default void changes(long bucket, WorldView view, ChangeSchedule.Reader reader) {
        schedule().all(bucket, view.now(), reader);
    }
}
