package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.Delay;
import java.util.List;

/** One way a cart may go. Nobody touches it for a day, and it is abandoned. */
public record CartLife(List<Step> steps) {
    private static final Step START = new Step(Status.CREATED, Delay.seconds(0), 0);

    /** Of the cart that an order's birth ends; its delays are from that birth. */
    public static final CartLife TO_CHECKOUT = new CartLife(List.of(
            new Step(Status.CREATED, Delay.hours(-1), 0),
            new Step(Status.CART, new Delay(-1, 300), Integer.MAX_VALUE),
            new Step(Status.CONVERTED, Delay.seconds(0), Integer.MAX_VALUE)));

    private static final CartLife EMPTY = new CartLife(List.of(START, left(Delay.hours(24), 0)));
    private static final CartLife ONE_BOOK =
            new CartLife(List.of(START, filled(Delay.seconds(300), 1), left(new Delay(24, 300), 1)));

    private static final CartLife TWO_BOOKS = new CartLife(List.of(
            START, filled(Delay.seconds(300), 1), filled(Delay.seconds(1_190), 2), left(new Delay(24, 1_190), 2)));

    private static final CartLife ONE_PUT_BACK = new CartLife(
            List.of(START, filled(Delay.seconds(200), 2), filled(Delay.hours(1), 1), left(Delay.hours(25), 1)));

    private static final CartLife COME_BACK = new CartLife(
            List.of(START, filled(Delay.seconds(300), 1), filled(Delay.hours(9), 3), left(Delay.hours(33), 3)));

    /** Of the carts that lead to no order, by their numbers modulo its size. */
    public static final List<CartLife> TO_NOTHING =
            List.of(EMPTY, ONE_BOOK, TWO_BOOKS, EMPTY, ONE_PUT_BACK, ONE_BOOK, COME_BACK, EMPTY, TWO_BOOKS, ONE_BOOK);

    public enum Status {
        CREATED,
        CART,
        CONVERTED,
        ABANDONED
    }

    /**
     * A state of the cart, from a time on.
     *
     * @param lines that are in it, of those it ever holds
     */
    public record Step(Status status, Delay delay, int lines) {}

    public CartLife {
        steps = List.copyOf(steps);
    }

    public List<Delay> delays() {
        return steps.stream().map(Step::delay).toList();
    }

    public String event(int step) {
        Step entered = steps.get(step);
        return switch (entered.status()) {
            case CREATED -> "cart.created";
            case CART -> entered.lines() > steps.get(step - 1).lines() ? "cart.line_added" : "cart.line_removed";
            case CONVERTED -> "cart.converted";
            case ABANDONED -> "cart.abandoned";
        };
    }

    private static Step filled(Delay delay, int lines) {
        return new Step(Status.CART, delay, lines);
    }

    private static Step left(Delay delay, int lines) {
        return new Step(Status.ABANDONED, delay, lines);
    }
}
