package dev.galley.bookstore.world;

/** Where an order is in its life, and the event that brought it there. */
public enum OrderStatus {
    CHECKOUT("checkout.started"),
    QUOTED("tax_shipping.determined"),
    REJECTED("checkout.rejected"),
    ABANDONED("checkout.abandoned"),
    PAYMENT_FAILED("payment.failed"),
    PAID("payment.succeeded"),
    PARTIALLY_SHIPPED("shipment.created"),
    SHIPPED("shipment.created"),
    DELIVERED("shipment.delivered"),
    RETURNED("return.received"),
    REFUNDED("payment.refunded"),
    PARTIALLY_REFUNDED("payment.refunded"),
    CANCELLED("order.cancelled"),
    CLOSED("order.closed");

    private final String event;

    OrderStatus(String event) {
        this.event = event;
    }

    public String event() {
        return event;
    }
}
