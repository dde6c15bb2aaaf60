package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Parcels by the hour of their newest change. */
final class ShipmentFeed implements Chronicle {
    private final World world;
    private final ShipmentJson json;
    private final List<List<ShipmentPlan>> plansBySlot;
    private final Timetable timetable;

    ShipmentFeed(World world) {
        this.world = world;
        json = new ShipmentJson(world);
        plansBySlot = IntStream.range(0, OrderLife.SLOTS)
                .mapToObj(slot -> ShipmentPlan.of(OrderLife.ofSlot(slot)))
                .toList();
        timetable = new Timetable(
                world.orders().population(),
                ShipmentPlan.MAX,
                plansBySlot.stream()
                        .map(plans -> plans.stream().map(ShipmentPlan::delays).toList())
                        .toList(),
                (order, place) -> plan(order, place).fits(world.orders(), order));
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
        timetable.newest(bucket, view.now(), (shipment, step, at) -> into.add(entry(shipment, at)));
    }

    @Override
    public Ids ids() {
        return world.ids().shipments();
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
        long shipment = entry.number();
        Order order = world.orders().order(shipment / ShipmentPlan.MAX);
        ShipmentPlan plan = plan(order.number(), (int) (shipment % ShipmentPlan.MAX));
        json.write(generator, entry, order, plan, timetable.stepAt(shipment, view.now()));
    }

    @Override
    public String entity() {
        return "shipment";
    }

    @Override
    public void changes(long bucket, View view, Timetable.Reader reader) {
        timetable.all(bucket, view.now(), reader);
    }

    @Override
    public String type(long shipment, int step, long at) {
        ShipmentPlan plan = plan(shipment / ShipmentPlan.MAX, (int) (shipment % ShipmentPlan.MAX));
        return "shipment." + plan.steps().get(step).status().text();
    }

    @Override
    public int sequence(long shipment, int step, View view) {
        return step + 1;
    }

    private ShipmentPlan plan(long order, int place) {
        return plansBySlot.get((int) (order % OrderLife.SLOTS)).get(place);
    }

    private Entry entry(long shipment, long updatedAt) {
        return new Entry(updatedAt, world.ids().shipments().number(shipment), shipment);
    }
}
