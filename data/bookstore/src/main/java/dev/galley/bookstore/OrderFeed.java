package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Orders by the hour of their newest change: for each life and step, an arithmetic subset of an earlier hour's births. */
final class OrderFeed implements Feed {
    private final World world;
    private final long origin;
    private final OrderJson json;

    OrderFeed(World world) {
        this.world = world;
        origin = world.settings().origin();
        json = new OrderJson(world);
    }

    @Override
    public long firstBucket() {
        return 0;
    }

    @Override
    public long bucketOf(long epochSecond) {
        return Math.floorDiv(epochSecond - origin, Instants.HOUR);
    }

    @Override
    public void collect(long bucket, View view, List<Entry> into) {
        for (int slot = 0; slot < OrderLife.SLOTS; slot++) {
            List<OrderLife.Step> steps = OrderLife.ofSlot(slot).steps();
            for (int step = 0; step < steps.size(); step++) {
                if (mayBeNewest(steps, step, bucket, view)) {
                    collect(bucket, slot, step, view, into);
                }
            }
        }
        collectMended(bucket, view, into);
    }

    private boolean mayBeNewest(List<OrderLife.Step> steps, int step, long bucket, View view) {
        int hours = steps.get(step).hours();
        return bucket >= hours
                && (step == steps.size() - 1
                        || bucket - hours + steps.get(step + 1).hours() >= bucketOf(view.now()));
    }

    private void collect(long bucket, int slot, int step, View view, List<Entry> into) {
        List<OrderLife.Step> steps = OrderLife.ofSlot(slot).steps();
        OrderLife.Step entered = steps.get(step);
        long hour = bucket - entered.hours();
        long end = world.orders().births().before(hour + 1);
        long begin = world.orders().births().before(hour);
        for (long order = begin + Math.floorMod(slot - begin, (long) OrderLife.SLOTS);
                order < end;
                order += OrderLife.SLOTS) {
            long placedAt = world.orders().placedAt(order, hour);
            long updatedAt = Orders.at(placedAt, entered);
            boolean newest = updatedAt <= view.now()
                    && (step == steps.size() - 1 || Orders.at(placedAt, steps.get(step + 1)) > view.now());
            if (newest && view.orderUpdatedAt(order, updatedAt) == updatedAt) {
                into.add(entry(order, updatedAt));
            }
        }
    }

    /** Those whose newest change is their mending stand elsewhere than their life says. */
    private void collectMended(long bucket, View view, List<Entry> into) {
        for (Map.Entry<Long, Blemishes.Blemish> blemished :
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
    public Ids ids() {
        return world.ids().orders();
    }

    @Override
    public Optional<Entry> find(OptionalLong number, View view) {
        if (number.isEmpty() || number.getAsLong() >= world.orders().bornBy(view.now())) {
            return Optional.empty();
        }
        long order = number.getAsLong();
        if (world.orders().placedAt(order) > view.now()) {
            return Optional.empty();
        }
        return Optional.of(entry(order, view.orderUpdatedAt(order, naturallyUpdatedAt(order, view))));
    }

    @Override
    public void write(JsonGenerator generator, Entry entry, View view) throws IOException {
        json.write(generator, world.orders().order(entry.number()), entry.updatedAt(), view);
    }

    private long naturallyUpdatedAt(long order, View view) {
        long placedAt = world.orders().placedAt(order);
        long newest = placedAt;
        for (OrderLife.Step step : OrderLife.of(order).steps()) {
            long at = Orders.at(placedAt, step);
            if (at <= view.now()) {
                newest = at;
            }
        }
        return newest;
    }

    private Entry entry(long order, long updatedAt) {
        return new Entry(updatedAt, world.ids().orders().number(order), order);
    }
}
