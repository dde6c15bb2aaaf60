package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.FlawedRecords;
import dev.galley.bookstore.list.ScheduledFeed;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.OrderLife;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.ChangeSchedule;
import dev.galley.bookstore.world.chance.EntityIds;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Orders by the hour of their newest change. */
public final class OrderFeed implements ScheduledFeed {
    private final World world;
    private final ChangeSchedule timetable;
    private final OrderJson json;

    public OrderFeed(World world) {
        this.world = world;
        timetable = new ChangeSchedule(
                world.orders().population(),
                1,
                IntStream.range(0, OrderLife.SLOTS)
                        .mapToObj(slot -> List.of(OrderLife.ofSlot(slot).delays()))
                        .toList(),
                (order, place) -> true);
        json = new OrderJson(world);
    }

    @Override
    public ChangeSchedule timetable() {
        return timetable;
    }

    @Override
    public void collect(long bucket, WorldView view, List<Entry> into) {
        timetable.newest(bucket, view.now(), (order, step, at) -> {
            if (view.orderUpdatedAt(order, at) == at) {
                into.add(entry(order, at));
            }
        });
        collectMended(bucket, view, into);
    }

    /** Those whose newest change is their mending stand elsewhere than their life says. */
    private void collectMended(long bucket, WorldView view, List<Entry> into) {
        for (Map.Entry<Long, FlawedRecords.Blemish> blemished :
                view.blemishes().orders().entrySet()) {
            if (bucketOf(blemished.getValue().mendedAt()) == bucket) {
                find(OptionalLong.of(blemished.getKey()), view)
                        .filter(entry ->
                                entry.updatedAt() == blemished.getValue().mendedAt()
                                        && naturallyUpdatedAt(entry.number(), view) < entry.updatedAt())
                        .ifPresent(into::add);
            }
        }
    }

    @Override
    public EntityIds ids() {
        return world.ids().orders();
    }

    @Override
    public Optional<Entry> find(OptionalLong number, WorldView view) {
        return number.isPresent() && timetable.stepAt(number.getAsLong(), view.now()) >= 0
                ? Optional.of(entry(
                        number.getAsLong(),
                        view.orderUpdatedAt(number.getAsLong(), naturallyUpdatedAt(number.getAsLong(), view))))
                : Optional.empty();
    }

    @Override
    public void write(JsonGenerator generator, Entry entry, WorldView view) throws IOException {
        json.write(generator, world.orders().order(entry.number()), entry.updatedAt(), view);
    }

    @Override
    public String entity() {
        return "order";
    }

    @Override
    public void changes(long bucket, WorldView view, ChangeSchedule.Reader reader) {
        timetable.all(bucket, view.now(), reader);
        view.blemishes().orders().forEach((order, blemish) -> {
            long at = blemish.mendedAt();
            int step = timetable.stepAt(order, at);
            if (bucketOf(at) == bucket && at <= view.now() && timetable.at(order, step) != at) {
                reader.read(order, step, at);
            }
        });
    }

    @Override
    public String type(long order, int step, long at) {
        return timetable.at(order, step) == at
                ? OrderLife.of(order).steps().get(step).status().event()
                : "order.corrected";
    }

    @Override
    public int sequence(long order, int step, WorldView view) {
        return view.orderVersion(order, step + 1);
    }

    private long naturallyUpdatedAt(long order, WorldView view) {
        return timetable.at(order, timetable.stepAt(order, view.now()));
    }
}
