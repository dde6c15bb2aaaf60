package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.ScheduledFeed;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.OrderLife;
import dev.galley.bookstore.world.ShipmentPlan;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.ChangeSchedule;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Parcels by the hour of their newest change, each as it is known at a step of its way. */
final class ShipmentFeed extends ScheduledFeed {
    private static final int EXPRESS_HOURS = 72;
    private static final int STANDARD_HOURS = 120;

    private static final List<List<ShipmentPlan>> PLANS_BY_SLOT = OrderLife.bySlot(ShipmentPlan::of);

    private final World world;
    private final SeededRandom.Draws random;

    ShipmentFeed(World world) {
        super(
                "shipment",
                world.ids().shipments(),
                new ChangeSchedule(
                        world.orders().population(),
                        ShipmentPlan.MAX,
                        OrderLife.bySlot(life -> ShipmentPlan.of(life).stream()
                                .map(ShipmentPlan::delays)
                                .toList()),
                        (order, place) -> plan(order, place).fits(world.orders(), order)));
        this.world = world;
        random = world.random().of(Purpose.SHIPMENT);
    }

    @Override
    public String type(long shipment, int step, long at) {
        return "shipment." + JsonWriter.text(plan(shipment).steps().get(step).status());
    }

    private static ShipmentPlan plan(long shipment) {
        return plan(shipment / ShipmentPlan.MAX, (int) (shipment % ShipmentPlan.MAX));
    }

    private static ShipmentPlan plan(long order, int place) {
        return PLANS_BY_SLOT.get((int) (order % OrderLife.SLOTS)).get(place);
    }

    @Override
    public void write(JsonWriter json, Entry entry, WorldView view) {
        Order order = world.orders().order(entry.number() / ShipmentPlan.MAX);
        ShipmentPlan plan = plan(entry.number());
        int step = schedule().stepAt(entry.number(), view.now());
        ShipmentPlan.Status status = plan.steps().get(step).status();
        String service = service(order);
        int promised = service.equals("express") ? EXPRESS_HOURS : STANDARD_HOURS;
        int[] lines = IntStream.range(0, order.lines().size())
                .filter(line -> plan.quantity(order, line) > 0)
                .toArray();
        json.text("shipment_id", ids().text(entry.number()))
                .text("order_id", world.ids().orders().text(order.number()))
                .text("carrier", carrier(order))
                .text("service", service)
                .text("tracking_no", "T" + (70_000_000_000L + entry.number()))
                .text("status", status)
                .instant("promised_by", order.placedAt() + promised * Instants.HOUR)
                .instant("shipped_at", at(order, plan, 1, step >= 1))
                .instant("delivered_at", at(order, plan, 2, status == ShipmentPlan.Status.DELIVERED))
                .array(
                        "lines",
                        lines.length,
                        i -> json.number("order_line_no", lines[i] + 1)
                                .number("quantity", plan.quantity(order, lines[i])))
                .common(plan.steps().get(0).delay().after(order.placedAt()), entry.updatedAt(), step + 1);
    }

    private static OptionalLong at(Order order, ShipmentPlan plan, int step, boolean reached) {
        return reached ? OptionalLong.of(plan.steps().get(step).delay().after(order.placedAt())) : OptionalLong.empty();
    }

    private String service(Order order) {
        if (order.store().isPresent()) {
            return "pickup";
        }
        return random.below(5, order.number(), 0) == 0 ? "express" : "standard";
    }

    private String carrier(Order order) {
        boolean second = random.below(3, order.number(), 1) == 0;
        return switch (order.jurisdiction().country()) {
            case US -> second ? "Prairie Post" : "Redwood Parcel";
            case DE -> second ? "Elbkurier" : "Bärenpost";
            case JP -> second ? "翡翠便" : "Kawasemi Express";
            case ET -> "Abay Post";
        };
    }
}
