package dev.galley.bookstore.list;

import dev.galley.bookstore.world.chance.ChangeSchedule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Records that change by one timetable, from the first hour on. */
public interface ScheduledFeed extends ChangeFeed {
    ChangeSchedule timetable();

    @Override
    default long firstBucket() {
        return 0;
    }

    @Override
    default long bucketOf(long epochSecond) {
        return timetable().hourOf(epochSecond);
    }

    @Override
    default void collect(long bucket, WorldView view, List<Entry> into) {
        timetable().newest(bucket, view.now(), (number, step, at) -> into.add(entry(number, at)));
    }

    @Override
    default Optional<Entry> find(OptionalLong number, WorldView view) {
        int step = number.isPresent() ? timetable().stepAt(number.getAsLong(), view.now()) : -1;
        return step >= 0
                ? Optional.of(entry(number.getAsLong(), timetable().at(number.getAsLong(), step)))
                : Optional.empty();
    }

    @Override
    default void changes(long bucket, WorldView view, ChangeSchedule.Reader reader) {
        timetable().all(bucket, view.now(), reader);
    }

    @Override
    default int sequence(long number, int step, WorldView view) {
        return step + 1;
    }

    default Entry entry(long number, long updatedAt) {
        return new Entry(updatedAt, ids().number(number), number);
    }
}
