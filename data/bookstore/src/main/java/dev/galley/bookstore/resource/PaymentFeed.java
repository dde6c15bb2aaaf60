package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.ScheduledFeed;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.OrderLife;
import dev.galley.bookstore.world.PaymentPlan;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.ChangeSchedule;
import dev.galley.bookstore.world.chance.Delay;
import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.TaxPeriod;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/** Payments by the hour of their newest change. */
final class PaymentFeed extends ScheduledFeed {
    private static final String[] FAILURES = {"insufficient_funds", "card_declined", "expired_card", "suspected_fraud"};

    private static final List<List<PaymentPlan>> PLANS_BY_SLOT = OrderLife.bySlot(PaymentPlan::of);

    private final World world;
    private final SeededRandom.Draws random;

    PaymentFeed(World world) {
        super(
                "payment",
                world.ids().payments(),
                new ChangeSchedule(
                        world.orders().population(), PaymentPlan.MAX, OrderLife.bySlot(PaymentFeed::tracks)));
        this.world = world;
        random = world.random().of(Purpose.PAYMENT);
    }

    private static List<List<Delay>> tracks(OrderLife life) {
        List<Delay> delays = life.delays();
        return PaymentPlan.of(life).stream()
                .map(plan -> plan.waits()
                        ? List.of(delays.get(plan.opened()), delays.get(plan.settled()))
                        : List.of(delays.get(plan.settled())))
                .toList();
    }

    @Override
    public String type(long payment, int step, long at) {
        PaymentPlan plan = plan(payment);
        return JsonWriter.text(plan.kind()) + "." + (plan.waits() && step == 0 ? "opened" : outcome(plan));
    }

    private static PaymentPlan plan(long payment) {
        return PLANS_BY_SLOT
                .get((int) (payment / PaymentPlan.MAX % OrderLife.SLOTS))
                .get((int) (payment % PaymentPlan.MAX));
    }

    private static String outcome(PaymentPlan plan) {
        return plan.succeeds() ? "succeeded" : "failed";
    }

    @Override
    public void write(JsonWriter json, Entry entry, WorldView view) {
        Order order = world.orders().order(entry.number() / PaymentPlan.MAX);
        PaymentPlan plan = plan(entry.number());
        long number = entry.number();
        boolean settled = order.at(plan.settled()) <= view.now();
        boolean refund = plan.kind() == PaymentPlan.Kind.REFUND;
        json.text("payment_id", ids().text(number))
                .text("order_id", world.ids().orders().text(order.number()))
                .instant("order_placed_at", order.placedAt())
                .text("jurisdiction_id", order.jurisdiction().id())
                .text("kind", plan.kind())
                .text("status", settled ? outcome(plan) : "pending")
                .amount("amount", order.currency(), refund ? order.refundTotal() : order.grandTotal())
                .text("currency", order.currency().name())
                .text("method", method(order))
                .text("idempotency_key", idempotencyKey(number))
                .text("failure_code", plan.succeeds() ? null : FAILURES[random.below(FAILURES.length, number, 2)])
                .instant("processed_at", settled ? OptionalLong.of(order.at(plan.settled())) : OptionalLong.empty());
        refund(json, order, refund);
        json.common(order.at(plan.opened()), entry.updatedAt(), settled && plan.waits() ? 2 : 1);
    }

    private static void refund(JsonWriter json, Order order, boolean refund) {
        List<TaxPeriod.Component> components = order.bill().components();
        boolean shipping = refund && order.refundsShipping();
        boolean taxed = shipping && order.bill().shippingTotal() > 0;
        json.array(
                        "lines",
                        refund ? order.refundedLines() : 0,
                        line -> json.number("line_no", line + 1)
                                .number("quantity", order.lines().get(line).quantity())
                                .amount("goods", order.currency(), order.revenue(line))
                                .taxes(
                                        "taxes",
                                        order.currency(),
                                        components,
                                        component -> order.bill().line(line, component)))
                .amount("shipping", order.currency(), shipping ? order.shippingWithoutTax() : 0)
                .taxes("shipping_taxes", order.currency(), taxed ? components : List.of(), order.bill()::shipping);
    }

    private String method(Order order) {
        int roll = random.below(10, order.number() * PaymentPlan.MAX, 1);
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
        long first = SeededRandom.mix(number ^ random.roll(-1, 0));
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(random.roll(number, 3));
    }
}
