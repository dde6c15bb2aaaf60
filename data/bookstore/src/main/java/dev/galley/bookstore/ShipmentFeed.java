package dev.galley.bookstore;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Parcels by the hour of their newest change. */
final class ShipmentFeed implements Scheduled {
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
    public Timetable timetable() {
        return timetable;
    }

    @Override
    public Ids ids() {
        return world.ids().shipments();
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
    public String type(long shipment, int step, long at) {
        ShipmentPlan plan = plan(shipment / ShipmentPlan.MAX, (int) (shipment % ShipmentPlan.MAX));
        return "shipment." + plan.steps().get(step).status().text();
    }

    private ShipmentPlan plan(long order, int place) {
        return plansBySlot.get((int) (order % OrderLife.SLOTS)).get(place);
    }
}
