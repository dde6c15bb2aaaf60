package dev.galley.bookstore.resource;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.galley.bookstore.list.ChangeFeed;
import dev.galley.bookstore.list.JsonFields;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Cart;
import dev.galley.bookstore.world.CartLife;
import dev.galley.bookstore.world.Carts;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.ChangeSchedule;
import dev.galley.bookstore.world.chance.EntityIds;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Carts by the hour of their newest change. */
public final class CartFeed implements ChangeFeed {
    /** The first order's cart was begun an hour before it. */
    private static final long FIRST_HOUR = -1;

    private final World world;
    private final ChangeSchedule converted;
    private final ChangeSchedule abandoned;

    public CartFeed(World world) {
        this.world = world;
        converted = new ChangeSchedule(
                world.orders().population(), 1, List.of(List.of(CartLife.TO_CHECKOUT.delays())), (cart, place) -> true);
        abandoned = new ChangeSchedule(
                world.carts().abandoned(),
                1,
                CartLife.TO_NOTHING.stream().map(life -> List.of(life.delays())).toList(),
                (cart, place) -> true);
    }

    @Override
    public long firstBucket() {
        return FIRST_HOUR;
    }

    @Override
    public long bucketOf(long epochSecond) {
        return abandoned.hourOf(epochSecond);
    }

    @Override
    public void collect(long bucket, WorldView view, List<Entry> into) {
        converted.newest(bucket, view.now(), (cart, step, at) -> into.add(entry(cart, at)));
        abandoned.newest(bucket, view.now(), (index, step, at) -> into.add(entry(index + Carts.TO_NOTHING, at)));
    }

    @Override
    public EntityIds ids() {
        return world.ids().carts();
    }

    @Override
    public Optional<Entry> find(OptionalLong number, WorldView view) {
        int step = number.isPresent() ? stepAt(number.getAsLong(), view.now()) : -1;
        return step >= 0 ? Optional.of(entry(number.getAsLong(), at(number.getAsLong(), step))) : Optional.empty();
    }

    @Override
    public void write(JsonGenerator json, Entry entry, WorldView view) throws IOException {
        Cart cart = world.carts().cart(entry.number());
        int step = stepAt(entry.number(), view.now());
        CartLife.Step entered = cart.life().steps().get(step);
        boolean known = entered.status() == CartLife.Status.CONVERTED || entry.number() >= Carts.TO_NOTHING;
        json.writeStartObject();
        json.writeStringField("cart_id", ids().text(entry.number()));
        if (known && cart.customer().isPresent()) {
            json.writeStringField(
                    "customer_id", world.ids().customers().text(cart.customer().getAsLong()));
        } else {
            json.writeNullField("customer_id");
        }
        json.writeStringField("channel", cart.store().isPresent() ? "store" : "web");
        json.writeStringField("jurisdiction_id", cart.jurisdiction().id());
        json.writeStringField("currency", cart.jurisdiction().currency().name());
        json.writeStringField("status", entered.status().text());
        JsonFields.instant(json, "started_at", cart.at(0));
        JsonFields.instant(json, "last_activity_at", cart.lastActivity(step));
        lines(json, cart, step);
        JsonFields.common(json, cart.at(0), entry.updatedAt(), step + 1);
        json.writeEndObject();
    }

    private void lines(JsonGenerator json, Cart cart, int step) throws IOException {
        json.writeArrayFieldStart("lines");
        List<Cart.Line> lines = cart.linesAt(step);
        for (int i = 0; i < lines.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("line_no", i + 1);
            json.writeStringField(
                    "offer_id", world.ids().offers().text(lines.get(i).offer()));
            json.writeNumberField("quantity", lines.get(i).quantity());
            JsonFields.amount(
                    json,
                    "unit_price_seen",
                    cart.jurisdiction().currency(),
                    lines.get(i).unitPriceSeen());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public String entity() {
        return "cart";
    }

    @Override
    public void changes(long bucket, WorldView view, ChangeSchedule.Reader reader) {
        converted.all(bucket, view.now(), reader);
        abandoned.all(bucket, view.now(), (index, step, at) -> reader.read(index + Carts.TO_NOTHING, step, at));
    }

    @Override
    public String type(long cart, int step, long at) {
        return life(cart).event(step);
    }

    @Override
    public int sequence(long cart, int step, WorldView view) {
        return step + 1;
    }

    private static CartLife life(long cart) {
        return cart < Carts.TO_NOTHING
                ? CartLife.TO_CHECKOUT
                : CartLife.TO_NOTHING.get((int) ((cart - Carts.TO_NOTHING) % CartLife.TO_NOTHING.size()));
    }

    private int stepAt(long cart, long now) {
        return cart < Carts.TO_NOTHING ? converted.stepAt(cart, now) : abandoned.stepAt(cart - Carts.TO_NOTHING, now);
    }

    private long at(long cart, int step) {
        return cart < Carts.TO_NOTHING ? converted.at(cart, step) : abandoned.at(cart - Carts.TO_NOTHING, step);
    }

    private Entry entry(long cart, long updatedAt) {
        return new Entry(updatedAt, ids().number(cart), cart);
    }
}
