package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Payments by the hour of their newest change. */
final class PaymentFeed implements Scheduled {
    private final World world;
    private final PaymentJson json;
    private final List<List<PaymentPlan>> plansBySlot;
    private final Timetable timetable;

    PaymentFeed(World world) {
        this.world = world;
        json = new PaymentJson(world);
        plansBySlot = IntStream.range(0, OrderLife.SLOTS)
                .mapToObj(slot -> PaymentPlan.of(OrderLife.ofSlot(slot)))
                .toList();
        timetable = new Timetable(
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
    public Timetable timetable() {
        return timetable;
    }

    @Override
    public Ids ids() {
        return world.ids().payments();
    }

    @Override
    public void write(JsonGenerator generator, Entry entry, View view) throws IOException {
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
