package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.Feed;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.ShipmentPlan;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.Instants;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import java.io.IOException;

/** Writes a parcel as it is known at a step of its way. */
final class ShipmentJson {
    private static final int EXPRESS_HOURS = 72;
    private static final int STANDARD_HOURS = 120;

    private final World world;

    ShipmentJson(World world) {
        this.world = world;
    }

    /** {@code step} is the newest that is known. */
    void write(JsonGenerator json, Feed.Entry entry, Order order, ShipmentPlan plan, int step) throws IOException {
        String service = service(order);
        ShipmentPlan.Status status = plan.steps().get(step).status();
        json.writeStartObject();
        json.writeStringField("shipment_id", world.ids().shipments().text(entry.number()));
        json.writeStringField("order_id", world.ids().orders().text(order.number()));
        json.writeStringField("carrier", carrier(order));
        json.writeStringField("service", service);
        json.writeStringField("tracking_no", "T" + (70_000_000_000L + entry.number()));
        json.writeStringField("status", status.text());
        int promised = service.equals("express") ? EXPRESS_HOURS : STANDARD_HOURS;
        JsonFields.instant(json, "promised_by", order.placedAt() + promised * Instants.HOUR);
        reached(json, "shipped_at", order, plan, 1, step >= 1);
        reached(json, "delivered_at", order, plan, 2, status == ShipmentPlan.Status.DELIVERED);
        json.writeArrayFieldStart("lines");
        for (int i = 0; i < order.lines().size(); i++) {
            if (plan.quantity(order, i) > 0) {
                json.writeStartObject();
                json.writeNumberField("order_line_no", i + 1);
                json.writeNumberField("quantity", plan.quantity(order, i));
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        JsonFields.common(json, at(order, plan, 0), entry.updatedAt(), step + 1);
        json.writeEndObject();
    }

    private static void reached(
            JsonGenerator json, String field, Order order, ShipmentPlan plan, int step, boolean reached)
            throws IOException {
        if (reached) {
            JsonFields.instant(json, field, at(order, plan, step));
        } else {
            json.writeNullField(field);
        }
    }

    private static long at(Order order, ShipmentPlan plan, int step) {
        return plan.steps().get(step).delay().after(order.placedAt());
    }

    private String service(Order order) {
        if (order.store().isPresent()) {
            return "pickup";
        }
        return world.below(5, Purpose.SHIPMENT, order.number(), 0) == 0 ? "express" : "standard";
    }

    private String carrier(Order order) {
        boolean second = world.below(3, Purpose.SHIPMENT, order.number(), 1) == 0;
        return switch (order.jurisdiction().country()) {
            case US -> second ? "Prairie Post" : "Redwood Parcel";
            case DE -> second ? "Elbkurier" : "Bärenpost";
            case JP -> second ? "翡翠便" : "Kawasemi Express";
            case ET -> "Abay Post";
        };
    }
}
