package dev.galley.bookstore;

import java.util.Locale;

/** Where an order is in its life. */
enum OrderStatus {
    CHECKOUT,
    QUOTED,
    REJECTED,
    ABANDONED,
    PAYMENT_FAILED,
    PAID,
    PARTIALLY_SHIPPED,
    SHIPPED,
    DELIVERED,
    RETURNED,
    REFUNDED,
    PARTIALLY_REFUNDED,
    CANCELLED,
    CLOSED;

    private final String text = name().toLowerCase(Locale.ROOT);

    String text() {
        return text;
    }
}
