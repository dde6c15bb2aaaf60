package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Payments by the hour of their newest change. */
final class PaymentFeed implements Chronicle {
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
    public long firstBucket() {
        return 0;
    }

    @Override
    public long bucketOf(long epochSecond) {
        return timetable.hourOf(epochSecond);
    }

    @Override
    public void collect(long bucket, View view, List<Entry> into) {
        timetable.newest(bucket, view.now(), (payment, step, at) -> into.add(entry(payment, at)));
    }

    @Override
    public Ids ids() {
        return world.ids().payments();
    }

    @Override
    public Optional<Entry> find(OptionalLong number, View view) {
        int step = number.isPresent() ? timetable.stepAt(number.getAsLong(), view.now()) : -1;
        return step >= 0
                ? Optional.of(entry(number.getAsLong(), timetable.at(number.getAsLong(), step)))
                : Optional.empty();
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
    public void changes(long bucket, View view, Timetable.Reader reader) {
        timetable.all(bucket, view.now(), reader);
    }

    @Override
    public String type(long payment, int step, long at) {
        PaymentPlan plan = plan(payment);
        String outcome = plan.succeeds() ? "succeeded" : "failed";
        return plan.kind().text() + "." + (plan.waits() && step == 0 ? "opened" : outcome);
    }

    @Override
    public int sequence(long payment, int step, View view) {
        return step + 1;
    }

    private PaymentPlan plan(long payment) {
        return plansBySlot
                .get((int) (payment / PaymentPlan.MAX % OrderLife.SLOTS))
                .get((int) (payment % PaymentPlan.MAX));
    }

    private Entry entry(long payment, long updatedAt) {
        return new Entry(updatedAt, world.ids().payments().number(payment), payment);
    }
}
