package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.ScheduledFeed;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.OrderLife;
import dev.galley.bookstore.world.ShipmentPlan;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.ChangeSchedule;
import dev.galley.bookstore.world.chance.EntityIds;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Parcels by the hour of their newest change. */
public final class ShipmentFeed implements ScheduledFeed {
    private final World world;
    private final ShipmentJson json;
    private final List<List<ShipmentPlan>> plansBySlot;
    private final ChangeSchedule timetable;

    public ShipmentFeed(World world) {
        this.world = world;
        json = new ShipmentJson(world);
        plansBySlot = IntStream.range(0, OrderLife.SLOTS)
                .mapToObj(slot -> ShipmentPlan.of(OrderLife.ofSlot(slot)))
                .toList();
        timetable = new ChangeSchedule(
                world.orders().population(),
                ShipmentPlan.MAX,
                plansBySlot.stream()
                        .map(plans -> plans.stream().map(ShipmentPlan::delays).toList())
                        .toList(),
                (order, place) -> plan(order, place).fits(world.orders(), order));
    }

    @Override
    public ChangeSchedule timetable() {
        return timetable;
    }

    @Override
    public EntityIds ids() {
        return world.ids().shipments();
    }

    @Override
    public void write(JsonGenerator generator, Entry entry, WorldView view) throws IOException {
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
