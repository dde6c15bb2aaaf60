package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.RecordFlaw;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Customers;
import dev.galley.bookstore.world.Offers;
import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.OrderLife;
import dev.galley.bookstore.world.OrderStatus;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.tax.Currency;
import dev.galley.bookstore.world.tax.TaxPeriod;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an order as it is known at a step of its life. */
final class OrderJson {
    private static final String[][] UNSERVED = {
        {"Paris", "FR-75", "FR", "75011"}, {"Toronto", "CA-ON", "CA", "M5V 2T6"}, {"Austin", "US-TX", "US", "78701"}
    };
    private static final List<TaxPeriod.Component> UNKNOWN = List.of();

    private final World world;

    OrderJson(World world) {
        this.world = world;
    }

    void write(JsonGenerator json, Order order, long updatedAt, WorldView view) throws IOException {
        int step = order.stepAt(view.now());
        OrderStatus status = order.life().steps().get(step).status();
        int quoted = order.life().stepTo(OrderStatus.QUOTED);
        boolean priced = quoted >= 0 && quoted <= step;
        RecordFlaw flaw = priced ? view.orderFlaw(order, updatedAt) : RecordFlaw.NONE;
        json.writeStartObject();
        head(json, order, status);
        json.writeStringField("currency", order.currency().name());
        JsonFields.text(json, "jurisdiction_id", priced ? order.jurisdiction().id() : null);
        shipTo(json, order, status, priced, step);
        amounts(json, order, priced, flaw);
        instants(json, order, step);
        Currency currency = order.currency();
        boolean shippingTaxed = priced && order.bill().shippingTotal() > 0;
        JsonFields.taxes(
                json,
                "shipping_taxes",
                currency,
                shippingTaxed ? order.bill().components() : UNKNOWN,
                order.bill()::shipping);
        lines(json, order, priced);
        taxLines(json, order, priced);
        JsonFields.common(json, order.placedAt(), updatedAt, view.orderVersion(order.number(), step + 1));
        json.writeEndObject();
    }

    private void head(JsonGenerator json, Order order, OrderStatus status) throws IOException {
        World.IdBook ids = world.ids();
        json.writeStringField("order_id", ids.orders().text(order.number()));
        json.writeStringField("order_number", "BK" + (1_000_000_000L + order.number()));
        json.writeStringField("cart_id", ids.carts().text(order.number()));
        json.writeStringField("customer_id", ids.customers().text(order.customer()));
        if (order.store().isPresent()) {
            int store = order.store().getAsInt();
            json.writeStringField(
                    "salesperson_id",
                    ids.salespeople()
                            .text((long) store * SalespersonList.PER_STORE
                                    + order.number() % SalespersonList.PER_STORE));
            json.writeStringField("store_id", ids.stores().text(store));
            json.writeStringField("channel", "store");
        } else {
            json.writeNullField("salesperson_id");
            json.writeNullField("store_id");
            json.writeStringField("channel", "web");
        }
        json.writeStringField("status", status.text());
    }

    private void shipTo(JsonGenerator json, Order order, OrderStatus status, boolean priced, int step)
            throws IOException {
        if (priced) {
            Customers customers = world.customers();
            int address = address(order, step);
            JsonFields.text(json, "ship_address_id", world.ids().addresses().text(order.customer() * 2 + address));
            place(
                    json,
                    customers.city(order.customer(), address),
                    order.jurisdiction().region(),
                    order.jurisdiction().country().name(),
                    customers.postalCode(order.customer(), address).orElse(null));
            return;
        }
        json.writeNullField("ship_address_id");
        if (status == OrderStatus.REJECTED) {
            String[] unserved = UNSERVED[(int) (order.number() / OrderLife.SLOTS % UNSERVED.length)];
            place(json, unserved[0], unserved[1], unserved[2], unserved[3]);
        } else {
            place(json, null, null, null, null);
        }
    }

    private static void place(
            JsonGenerator json,
            @Nullable String city,
            @Nullable String region,
            @Nullable String country,
            @Nullable String postalCode)
            throws IOException {
        JsonFields.text(json, "ship_city", city);
        JsonFields.text(json, "ship_region", region);
        JsonFields.text(json, "ship_country", country);
        JsonFields.text(json, "ship_postal_code", postalCode);
    }

    private int address(Order order, int step) {
        return order.addressAt(step, world.customers().addressCount(order.customer()));
    }

    private static void amounts(JsonGenerator json, Order order, boolean priced, RecordFlaw flaw) throws IOException {
        Currency currency = order.currency();
        long shipping = priced ? order.shipping() : 0;
        JsonFields.amount(json, "subtotal", currency, order.subtotal());
        JsonFields.amount(json, "discount_total", currency, order.discount());
        JsonFields.amount(
                json, "shipping_total", currency, flaw == RecordFlaw.NEGATIVE_SHIPPING ? -shipping : shipping);
        JsonFields.amount(json, "shipping_tax", currency, priced ? order.bill().shippingTotal() : 0);
        JsonFields.amount(json, "tax_total", currency, priced ? order.bill().total() : 0);
        long grandTotal = priced ? order.grandTotal() : order.subtotal() - order.discount();
        switch (flaw) {
            case FRACTION_OF_YEN -> {
                json.writeFieldName("grand_total");
                json.writeNumber(grandTotal + ".50");
            }
            case TOTAL_OFF_BY_ONE -> JsonFields.amount(json, "grand_total", currency, grandTotal + 1);
            case TOTAL_OFF_BY_TEN -> JsonFields.amount(json, "grand_total", currency, grandTotal + 1_000);
            default -> JsonFields.amount(json, "grand_total", currency, grandTotal);
        }
        json.writeBooleanField("prices_include_tax", order.pricesIncludeTax());
    }

    private static void instants(JsonGenerator json, Order order, int step) throws IOException {
        JsonFields.instant(json, "placed_at", order.placedAt());
        reached(json, "paid_at", order, OrderStatus.PAID, step);
        reached(json, "shipped_at", order, OrderStatus.SHIPPED, step);
        reached(json, "delivered_at", order, OrderStatus.DELIVERED, step);
        reached(json, "cancelled_at", order, OrderStatus.CANCELLED, step);
    }

    private static void reached(JsonGenerator json, String field, Order order, OrderStatus status, int step)
            throws IOException {
        int when = order.life().stepTo(status);
        if (when >= 0 && when <= step) {
            JsonFields.instant(json, field, order.at(when));
        } else {
            json.writeNullField(field);
        }
    }

    private void lines(JsonGenerator json, Order order, boolean priced) throws IOException {
        json.writeArrayFieldStart("lines");
        for (int i = 0; i < order.lines().size(); i++) {
            line(json, order, i, priced);
        }
        json.writeEndArray();
    }

    private void line(JsonGenerator json, Order order, int place, boolean priced) throws IOException {
        Currency currency = order.currency();
        Order.Line line = order.lines().get(place);
        long tax = priced ? order.bill().line(place) : 0;
        json.writeStartObject();
        json.writeNumberField("line_no", place + 1);
        json.writeStringField("offer_id", world.ids().offers().text(line.offer()));
        json.writeStringField("isbn13", world.books().isbn(line.book()));
        json.writeStringField("vendor_id", world.ids().vendors().text(Offers.vendor(line.offer())));
        json.writeNumberField("quantity", line.quantity());
        JsonFields.amount(json, "unit_price", currency, line.unitPrice());
        JsonFields.amount(json, "discount", currency, line.discount());
        JsonFields.amount(json, "line_subtotal", currency, line.net());
        JsonFields.rate(json, "tax_rate", priced ? order.bill().rate() : 0);
        JsonFields.amount(json, "tax_amount", currency, tax);
        JsonFields.amount(json, "line_total", currency, line.net() + (order.pricesIncludeTax() ? 0 : tax));
        JsonFields.taxes(
                json,
                "taxes",
                currency,
                priced ? order.bill().components() : UNKNOWN,
                component -> order.bill().line(place, component));
        json.writeEndObject();
    }

    private static void taxLines(JsonGenerator json, Order order, boolean priced) throws IOException {
        json.writeArrayFieldStart("tax_lines");
        int count = priced ? order.bill().components().size() : 0;
        for (int i = 0; i < count; i++) {
            json.writeStartObject();
            json.writeStringField("component", order.bill().components().get(i).name());
            JsonFields.rate(json, "rate", order.bill().components().get(i).rate());
            JsonFields.amount(
                    json, "taxable_base", order.currency(), order.bill().base(i));
            JsonFields.amount(json, "amount", order.currency(), order.bill().amount(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
