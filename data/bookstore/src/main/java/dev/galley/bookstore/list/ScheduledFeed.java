package dev.galley.bookstore.list;

import dev.galley.bookstore.world.chance.ChangeSchedule;
import dev.galley.bookstore.world.chance.EntityIds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Records of one kind that change by one schedule, from the first hour on. */
public abstract class ScheduledFeed implements ChangeFeed {
    private final String entity;
    private final EntityIds ids;
    private final ChangeSchedule schedule;

    protected ScheduledFeed(String entity, EntityIds ids, ChangeSchedule schedule) {
        this.entity = entity;
        this.ids = ids;
        this.schedule = schedule;
    }

    protected final ChangeSchedule schedule() {
        return schedule;
    }

    @Override
    public final String entity() {
        return entity;
    }

    @Override
    public final EntityIds ids() {
        return ids;
    }

    @Override
    public final long firstBucket() {
        return 0;
    }

    @Override
    public final long bucketOf(long epochSecond) {
        return schedule.hourOf(epochSecond);
    }

    @Override
    public void collect(long bucket, WorldView view, List<Entry> into) {
        schedule.newest(bucket, view.now(), (number, step, at) -> into.add(entry(number, at)));
    }

    @Override
    public Optional<Entry> find(OptionalLong number, WorldView view) {
        int step = number.isPresent() ? schedule.stepAt(number.getAsLong(), view.now()) : -1;
        return step >= 0
                ? Optional.of(entry(number.getAsLong(), schedule.at(number.getAsLong(), step)))
                : Optional.empty();
    }

    @Override
    public void changes(long bucket, WorldView view, ChangeSchedule.Reader reader) {
        schedule.all(bucket, view.now(), reader);
    }
}
