package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.FlawedRecords.FlawedRecord;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.RecordFlaw;
import dev.galley.bookstore.list.ScheduledFeed;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Customers;
import dev.galley.bookstore.world.Offers;
import dev.galley.bookstore.world.Order;
import dev.galley.bookstore.world.OrderLife;
import dev.galley.bookstore.world.OrderStatus;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.ChangeSchedule;
import dev.galley.bookstore.world.tax.Currency;
import dev.galley.bookstore.world.tax.TaxPeriod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Orders by the hour of their newest change, each as it is known at a step of its life. */
final class OrderFeed extends ScheduledFeed {
    private static final String[][] UNSERVED = {
        {"Paris", "FR-75", "FR", "75011"}, {"Toronto", "CA-ON", "CA", "M5V 2T6"}, {"Austin", "US-TX", "US", "78701"}
    };
    private static final String[] NOWHERE = new String[4];
    private static final List<TaxPeriod.Component> UNKNOWN = List.of();

    private final World world;

    OrderFeed(World world) {
        super(
                "order",
                world.ids().orders(),
                new ChangeSchedule(world.orders().population(), 1, OrderLife.bySlot(life -> List.of(life.delays()))));
        this.world = world;
    }

    @Override
    public void collect(long bucket, WorldView view, List<Entry> into) {
        schedule().newest(bucket, view.now(), (order, step, at) -> {
            if (view.updatedAt(view.flawed().order(order), at) == at) {
                into.add(entry(order, at));
            }
        });
        collectMended(bucket, view, into);
    }

    /** Those whose newest change is their mending stand elsewhere than their life says. */
    private void collectMended(long bucket, WorldView view, List<Entry> into) {
        for (Map.Entry<Long, FlawedRecord> flawed : view.flawed().orders().entrySet()) {
            long mendedAt = flawed.getValue().mendedAt();
            if (bucketOf(mendedAt) == bucket) {
                find(OptionalLong.of(flawed.getKey()), view)
                        .filter(entry -> entry.updatedAt() == mendedAt
                                && naturallyUpdatedAt(entry.number(), view) < entry.updatedAt())
                        .ifPresent(into::add);
            }
        }
    }

    @Override
    public Optional<Entry> find(OptionalLong number, WorldView view) {
        return super.find(number, view)
                .map(entry ->
                        entry(entry.number(), view.updatedAt(view.flawed().order(entry.number()), entry.updatedAt())));
    }

    @Override
    public void changes(long bucket, WorldView view, ChangeSchedule.Reader reader) {
        schedule().all(bucket, view.now(), reader);
        view.flawed().orders().forEach((order, flawed) -> {
            long at = flawed.mendedAt();
            int step = schedule().stepAt(order, at);
            if (bucketOf(at) == bucket && at <= view.now() && schedule().at(order, step) != at) {
                reader.read(order, step, at);
            }
        });
    }

    @Override
    public String type(long order, int step, long at) {
        return schedule().at(order, step) == at
                ? OrderLife.of(order).steps().get(step).status().event()
                : "order.corrected";
    }

    @Override
    public int sequence(long order, int step, WorldView view) {
        return view.version(view.flawed().order(order), step + 1);
    }

    private long naturallyUpdatedAt(long order, WorldView view) {
        return schedule().at(order, schedule().stepAt(order, view.now()));
    }

    @Override
    public void write(JsonWriter json, Entry entry, WorldView view) {
        Order order = world.orders().order(entry.number());
        int step = order.stepAt(view.now());
        OrderStatus status = order.life().steps().get(step).status();
        int quoted = order.life().stepTo(OrderStatus.QUOTED);
        boolean priced = quoted >= 0 && quoted <= step;
        RecordFlaw flaw = priced ? view.orderFlaw(order, entry.updatedAt()) : RecordFlaw.NONE;
        List<TaxPeriod.Component> components = priced ? order.bill().components() : UNKNOWN;
        boolean shippingTaxed = priced && order.bill().shippingTotal() > 0;
        head(json, order, status);
        json.text("currency", order.currency().name());
        json.text("jurisdiction_id", priced ? order.jurisdiction().id() : null);
        shipTo(json, order, status, priced, step);
        amounts(json, order, priced, flaw);
        json.instant("placed_at", order.placedAt())
                .instant("paid_at", reached(order, OrderStatus.PAID, step))
                .instant("shipped_at", reached(order, OrderStatus.SHIPPED, step))
                .instant("delivered_at", reached(order, OrderStatus.DELIVERED, step))
                .instant("cancelled_at", reached(order, OrderStatus.CANCELLED, step))
                .taxes("shipping_taxes", order.currency(), shippingTaxed ? components : UNKNOWN, order.bill()::shipping)
                .array("lines", order.lines().size(), i -> line(json, order, i, priced))
                .array(
                        "tax_lines",
                        components.size(),
                        i -> json.text("component", components.get(i).name())
                                .rate("rate", components.get(i).rate())
                                .amount(
                                        "taxable_base",
                                        order.currency(),
                                        order.bill().base(i))
                                .amount("amount", order.currency(), order.bill().amount(i)))
                .common(order.placedAt(), entry.updatedAt(), sequence(order.number(), step, view));
    }

    private void head(JsonWriter json, Order order, OrderStatus status) {
        World.IdBook ids = world.ids();
        json.text("order_id", ids.orders().text(order.number()))
                .text("order_number", "BK" + (1_000_000_000L + order.number()))
                .text("cart_id", ids.carts().text(order.number()))
                .text("customer_id", ids.customers().text(order.customer()));
        if (order.store().isPresent()) {
            int store = order.store().getAsInt();
            json.text("salesperson_id", ids.salespeople().text(UnchangingLists.salesperson(store, order.number())))
                    .text("store_id", ids.stores().text(store))
                    .text("channel", "store");
        } else {
            json.nothing("salesperson_id").nothing("store_id").text("channel", "web");
        }
        json.text("status", status);
    }

    private void shipTo(JsonWriter json, Order order, OrderStatus status, boolean priced, int step) {
        if (!priced) {
            String[] unserved = UNSERVED[(int) (order.number() / OrderLife.SLOTS % UNSERVED.length)];
            String[] place = status == OrderStatus.REJECTED ? unserved : NOWHERE;
            json.nothing("ship_address_id")
                    .text("ship_city", place[0])
                    .text("ship_region", place[1])
                    .text("ship_country", place[2])
                    .text("ship_postal_code", place[3]);
            return;
        }
        Customers customers = world.customers();
        int address = order.addressAt(step, customers.addressCount(order.customer()));
        json.text("ship_address_id", world.ids().addresses().text(order.customer() * 2 + address))
                .text("ship_city", customers.city(order.customer(), address))
                .text("ship_region", order.jurisdiction().region())
                .text("ship_country", order.jurisdiction().country().name())
                .text("ship_postal_code", customers.postalCode(order.customer(), address));
    }

    private static void amounts(JsonWriter json, Order order, boolean priced, RecordFlaw flaw) {
        Currency currency = order.currency();
        long shipping = priced ? order.shipping() : 0;
        long grandTotal = priced ? order.grandTotal() : order.subtotal() - order.discount();
        json.amount("subtotal", currency, order.subtotal())
                .amount("discount_total", currency, order.discount())
                .amount("shipping_total", currency, flaw == RecordFlaw.NEGATIVE_SHIPPING ? -shipping : shipping)
                .amount("shipping_tax", currency, priced ? order.bill().shippingTotal() : 0)
                .amount("tax_total", currency, priced ? order.bill().total() : 0)
                .decimal(
                        "grand_total",
                        switch (flaw) {
                            case FRACTION_OF_YEN -> grandTotal + ".50";
                            case TOTAL_OFF_BY_ONE -> currency.text(grandTotal + 1);
                            case TOTAL_OFF_BY_TEN -> currency.text(grandTotal + 1_000);
                            default -> currency.text(grandTotal);
                        })
                .flag("prices_include_tax", order.pricesIncludeTax());
    }

    /** When the order came to the status; empty if it has not by this step. */
    private static OptionalLong reached(Order order, OrderStatus status, int step) {
        int when = order.life().stepTo(status);
        return when >= 0 && when <= step ? OptionalLong.of(order.at(when)) : OptionalLong.empty();
    }

    private void line(JsonWriter json, Order order, int place, boolean priced) {
        Currency currency = order.currency();
        Order.Line line = order.lines().get(place);
        long tax = priced ? order.bill().line(place) : 0;
        json.number("line_no", place + 1)
                .text("offer_id", world.ids().offers().text(line.offer()))
                .text("isbn13", world.books().isbn(line.book()))
                .text("vendor_id", world.ids().vendors().text(Offers.vendor(line.offer())))
                .number("quantity", line.quantity())
                .amount("unit_price", currency, line.unitPrice())
                .amount("discount", currency, line.discount())
                .amount("line_subtotal", currency, line.net())
                .rate("tax_rate", priced ? order.bill().rate() : 0)
                .amount("tax_amount", currency, tax)
                .amount("line_total", currency, line.net() + (order.pricesIncludeTax() ? 0 : tax))
                .taxes(
                        "taxes",
                        currency,
                        priced ? order.bill().components() : UNKNOWN,
                        component -> order.bill().line(place, component));
    }
}
