package dev.galley.bookstore;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Records that change by one timetable, from the first hour on. */
interface Scheduled extends Chronicle {
    Timetable timetable();

    @Override
    default long firstBucket() {
        return 0;
    }

    @Override
    default long bucketOf(long epochSecond) {
        return timetable().hourOf(epochSecond);
    }

    @Override
    default void collect(long bucket, View view, List<Entry> into) {
        timetable().newest(bucket, view.now(), (number, step, at) -> into.add(entry(number, at)));
    }

    @Override
    default Optional<Entry> find(OptionalLong number, View view) {
        int step = number.isPresent() ? timetable().stepAt(number.getAsLong(), view.now()) : -1;
        return step >= 0
                ? Optional.of(entry(number.getAsLong(), timetable().at(number.getAsLong(), step)))
                : Optional.empty();
    }

    @Override
    default void changes(long bucket, View view, Timetable.Reader reader) {
        timetable().all(bucket, view.now(), reader);
    }

    @Override
    default int sequence(long number, int step, View view) {
        return step + 1;
    }

    default Entry entry(long number, long updatedAt) {
        return new Entry(updatedAt, ids().number(number), number);
    }
}
