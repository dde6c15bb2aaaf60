package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Payments by the hour of their newest change, found as {@link OrderFeed} finds orders. */
final class PaymentFeed implements Feed {
    private final World world;
    private final long origin;
    private final PaymentJson json;
    private final List<List<PaymentPlan>> plansBySlot = new ArrayList<>();

    PaymentFeed(World world) {
        this.world = world;
        origin = world.settings().origin();
        json = new PaymentJson(world);
        for (int slot = 0; slot < OrderLife.SLOTS; slot++) {
            plansBySlot.add(PaymentPlan.of(OrderLife.ofSlot(slot)));
        }
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
            for (PaymentPlan plan : plansBySlot.get(slot)) {
                collect(bucket, slot, plan, plan.settled(), view, into);
                if (plan.waits()) {
                    collect(bucket, slot, plan, plan.opened(), view, into);
                }
            }
        }
    }

    private void collect(long bucket, int slot, PaymentPlan plan, int step, View view, List<Entry> into) {
        List<OrderLife.Step> steps = OrderLife.ofSlot(slot).steps();
        OrderLife.Step entered = steps.get(step);
        long hour = bucket - entered.hours();
        boolean pending = step < plan.settled();
        if (hour < 0 || (pending && hour + steps.get(plan.settled()).hours() < bucketOf(view.now()))) {
            return;
        }
        long end = world.orders().births().before(hour + 1);
        long begin = world.orders().births().before(hour);
        for (long order = begin + Math.floorMod(slot - begin, (long) OrderLife.SLOTS);
                order < end;
                order += OrderLife.SLOTS) {
            long placedAt = world.orders().placedAt(order, hour);
            long updatedAt = Orders.at(placedAt, entered);
            if (updatedAt <= view.now() && !(pending && Orders.at(placedAt, steps.get(plan.settled())) <= view.now())) {
                into.add(entry(order * PaymentPlan.MAX + plan.place(), updatedAt));
            }
        }
    }

    @Override
    public Ids ids() {
        return world.ids().payments();
    }

    @Override
    public Optional<Entry> find(OptionalLong number, View view) {
        if (number.isEmpty()
                || number.getAsLong() / PaymentPlan.MAX >= world.orders().bornBy(view.now())) {
            return Optional.empty();
        }
        long order = number.getAsLong() / PaymentPlan.MAX;
        int place = (int) (number.getAsLong() % PaymentPlan.MAX);
        List<PaymentPlan> plans = plansBySlot.get((int) (order % OrderLife.SLOTS));
        if (place >= plans.size()) {
            return Optional.empty();
        }
        PaymentPlan plan = plans.get(place);
        List<OrderLife.Step> steps = OrderLife.of(order).steps();
        long placedAt = world.orders().placedAt(order);
        long settledAt = Orders.at(placedAt, steps.get(plan.settled()));
        long openedAt = Orders.at(placedAt, steps.get(plan.opened()));
        if (openedAt > view.now()) {
            return Optional.empty();
        }
        return Optional.of(entry(number.getAsLong(), settledAt <= view.now() ? settledAt : openedAt));
    }

    @Override
    public void write(JsonGenerator generator, Entry entry, View view) throws IOException {
        Order order = world.orders().order(entry.number() / PaymentPlan.MAX);
        PaymentPlan plan =
                plansBySlot.get((int) (order.number() % OrderLife.SLOTS)).get((int) (entry.number() % PaymentPlan.MAX));
        json.write(generator, order, plan, view);
    }

    private Entry entry(long payment, long updatedAt) {
        return new Entry(updatedAt, world.ids().payments().number(payment), payment);
    }
}
