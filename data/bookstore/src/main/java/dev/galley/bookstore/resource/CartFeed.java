package dev.galley.bookstore.resource;

import dev.galley.bookstore.list.ChangeFeed;
import dev.galley.bookstore.list.JsonWriter;
import dev.galley.bookstore.list.WorldView;
import dev.galley.bookstore.world.Cart;
import dev.galley.bookstore.world.CartLife;
import dev.galley.bookstore.world.Carts;
import dev.galley.bookstore.world.World;
import dev.galley.bookstore.world.chance.ChangeSchedule;
import dev.galley.bookstore.world.chance.EntityIds;
import dev.galley.bookstore.world.tax.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Carts by the hour of their newest change. */
final class CartFeed implements ChangeFeed {
    /** The first order's cart was begun an hour before it. */
    private static final long FIRST_HOUR = -1;

    private final World world;
    private final ChangeSchedule converted;
    private final ChangeSchedule abandoned;

    CartFeed(World world) {
        this.world = world;
        converted = new ChangeSchedule(world.orders().population(), 1, List.of(List.of(CartLife.TO_CHECKOUT.delays())));
        abandoned = new ChangeSchedule(
                world.carts().abandoned(),
                1,
                CartLife.TO_NOTHING.stream().map(life -> List.of(life.delays())).toList());
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
        CartLife life = cart < Carts.TO_NOTHING
                ? CartLife.TO_CHECKOUT
                : CartLife.TO_NOTHING.get((int) ((cart - Carts.TO_NOTHING) % CartLife.TO_NOTHING.size()));
        return life.event(step);
    }

    private int stepAt(long cart, long now) {
        return cart < Carts.TO_NOTHING ? converted.stepAt(cart, now) : abandoned.stepAt(cart - Carts.TO_NOTHING, now);
    }

    private long at(long cart, int step) {
        return cart < Carts.TO_NOTHING ? converted.at(cart, step) : abandoned.at(cart - Carts.TO_NOTHING, step);
    }

    @Override
    public void write(JsonWriter json, Entry entry, WorldView view) {
        Cart cart = world.carts().cart(entry.number());
        int step = stepAt(entry.number(), view.now());
        CartLife.Step entered = cart.life().steps().get(step);
        boolean known = entered.status() == CartLife.Status.CONVERTED || entry.number() >= Carts.TO_NOTHING;
        Currency currency = cart.jurisdiction().currency();
        List<Cart.Line> lines = cart.linesAt(step);
        json.text("cart_id", ids().text(entry.number()))
                .text(
                        "customer_id",
                        known && cart.customer().isPresent()
                                ? world.ids().customers().text(cart.customer().getAsLong())
                                : null)
                .text("channel", cart.store().isPresent() ? "store" : "web")
                .text("jurisdiction_id", cart.jurisdiction().id())
                .text("currency", currency.name())
                .text("status", entered.status())
                .instant("started_at", cart.at(0))
                .instant("last_activity_at", cart.lastActivity(step))
                .array(
                        "lines",
                        lines.size(),
                        i -> json.number("line_no", i + 1)
                                .text(
                                        "offer_id",
                                        world.ids().offers().text(lines.get(i).offer()))
                                .number("quantity", lines.get(i).quantity())
                                .amount(
                                        "unit_price_seen",
                                        currency,
                                        lines.get(i).unitPriceSeen()))
                .common(cart.at(0), entry.updatedAt(), step + 1);
    }
}
