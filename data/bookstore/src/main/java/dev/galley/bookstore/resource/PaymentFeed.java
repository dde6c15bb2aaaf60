package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.ScheduledFeed;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.OrderLife;
import dev.galley.bookstore.world.PaymentPlan;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.ChangeSchedule;
import dev.galley.bookstore.world.chance.Delay;
import dev.galley.bookstore.world.chance.EntityIds;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Payments by the hour of their newest change. */
public final class PaymentFeed implements ScheduledFeed {
    private final World world;
    private final PaymentJson json;
    private final List<List<PaymentPlan>> plansBySlot;
    private final ChangeSchedule timetable;

    public PaymentFeed(World world) {
        this.world = world;
        json = new PaymentJson(world);
        plansBySlot = IntStream.range(0, OrderLife.SLOTS)
                .mapToObj(slot -> PaymentPlan.of(OrderLife.ofSlot(slot)))
                .toList();
        timetable = new ChangeSchedule(
                world.orders().population(),
                PaymentPlan.MAX,
                IntStream.range(0, OrderLife.SLOTS).mapToObj(this::tracks).toList(),
                (order, place) -> true);
    }

    private List<List<Delay>> tracks(int slot) {
        List<Delay> delays = OrderLife.ofSlot(slot).delays();
        return plansBySlot.get(slot).stream()
                .map(plan -> plan.waits()
                        ? List.of(delays.get(plan.opened()), delays.get(plan.settled()))
                        : List.of(delays.get(plan.settled())))
                .toList();
    }

    @Override
    public ChangeSchedule timetable() {
        return timetable;
    }

    @Override
    public EntityIds ids() {
        return world.ids().payments();
    }

    @Override
    public void write(JsonGenerator generator, Entry entry, WorldView view) throws IOException {
        Order order = world.orders().order(entry.number() / PaymentPlan.MAX);
        json.write(generator, order, plan(entry.number()), entry.updatedAt(), view);
    }

    @Override
    public String entity() {
        return "payment";
    }

    @Override
    public String type(long payment, int step, long at) {
        PaymentPlan plan = plan(payment);
        String outcome = plan.succeeds() ? "succeeded" : "failed";
        return plan.kind().text() + "." + (plan.waits() && step == 0 ? "opened" : outcome);
    }

    private PaymentPlan plan(long payment) {
        return plansBySlot
                .get((int) (payment / PaymentPlan.MAX % OrderLife.SLOTS))
                .get((int) (payment % PaymentPlan.MAX));
    }
}
