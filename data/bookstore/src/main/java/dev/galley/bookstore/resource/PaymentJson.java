package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.PaymentPlan;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.TaxPeriod;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/** Writes a payment as it is known at a time. */
final class PaymentJson {
    private static final String[] FAILURES = {"insufficient_funds", "card_declined", "expired_card", "suspected_fraud"};

    private final World world;

    PaymentJson(World world) {
        this.world = world;
    }

    void write(JsonGenerator json, Order order, PaymentPlan plan, long updatedAt, WorldView view) throws IOException {
        long number = order.number() * PaymentPlan.MAX + plan.place();
        boolean settled = order.at(plan.settled()) <= view.now();
        json.writeStartObject();
        json.writeStringField("payment_id", world.ids().payments().text(number));
        json.writeStringField("order_id", world.ids().orders().text(order.number()));
        JsonFields.instant(json, "order_placed_at", order.placedAt());
        json.writeStringField("jurisdiction_id", order.jurisdiction().id());
        json.writeStringField("kind", plan.kind().text());
        json.writeStringField("status", settled ? (plan.succeeds() ? "succeeded" : "failed") : "pending");
        boolean refund = plan.kind() == PaymentPlan.Kind.REFUND;
        JsonFields.amount(json, "amount", order.currency(), refund ? order.refundTotal() : order.grandTotal());
        json.writeStringField("currency", order.currency().name());
        json.writeStringField("method", method(order));
        json.writeStringField("idempotency_key", idempotencyKey(number));
        JsonFields.text(json, "failure_code", plan.succeeds() ? null : FAILURES[roll(FAILURES.length, number, 2)]);
        if (settled) {
            JsonFields.instant(json, "processed_at", order.at(plan.settled()));
        } else {
            json.writeNullField("processed_at");
        }
        refund(json, order, refund);
        JsonFields.common(json, order.at(plan.opened()), updatedAt, settled && plan.waits() ? 2 : 1);
        json.writeEndObject();
    }

    private static void refund(JsonGenerator json, Order order, boolean refund) throws IOException {
        List<TaxPeriod.Component> components = order.bill().components();
        json.writeArrayFieldStart("lines");
        for (int i = 0; refund && i < order.refundedLines(); i++) {
            int line = i;
            json.writeStartObject();
            json.writeNumberField("line_no", line + 1);
            json.writeNumberField("quantity", order.lines().get(line).quantity());
            JsonFields.amount(json, "goods", order.currency(), order.revenue(line));
            JsonFields.taxes(
                    json,
                    "taxes",
                    order.currency(),
                    components,
                    component -> order.bill().line(line, component));
            json.writeEndObject();
        }
        json.writeEndArray();
        boolean shipping = refund && order.refundsShipping();
        JsonFields.amount(json, "shipping", order.currency(), shipping ? order.shippingWithoutTax() : 0);
        boolean taxed = shipping && order.bill().shippingTotal() > 0;
        JsonFields.taxes(
                json, "shipping_taxes", order.currency(), taxed ? components : List.of(), order.bill()::shipping);
    }

    private String method(Order order) {
        int roll = roll(10, order.number() * PaymentPlan.MAX, 1);
        if (roll < 6) {
            return "card";
        }
        return switch (order.jurisdiction().country()) {
            case US -> "paypal";
            case DE -> roll < 8 ? "paypal" : "bank_transfer";
            case JP -> "konbini";
            case ET -> "mobile_money";
        };
    }

    /** Unique: the first half is a bijection of the payment. */
    private String idempotencyKey(long number) {
        long first = SeededRandom.mix(number ^ world.roll(Purpose.PAYMENT, -1, 0));
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(world.roll(Purpose.PAYMENT, number, 3));
    }

    private int roll(int bound, long number, int draw) {
        return world.below(bound, Purpose.PAYMENT, number, draw);
    }
}
