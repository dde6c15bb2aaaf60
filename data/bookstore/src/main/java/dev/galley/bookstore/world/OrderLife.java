package dev.galley.bookstore.world;

import static dev.galley.bookstore.world.OrderStatus.ABANDONED;
import static dev.galley.bookstore.world.OrderStatus.CANCELLED;
import static dev.galley.bookstore.world.OrderStatus.CHECKOUT;
import static dev.galley.bookstore.world.OrderStatus.CLOSED;
import static dev.galley.bookstore.world.OrderStatus.DELIVERED;
import static dev.galley.bookstore.world.OrderStatus.PAID;
import static dev.galley.bookstore.world.OrderStatus.PARTIALLY_REFUNDED;
import static dev.galley.bookstore.world.OrderStatus.PARTIALLY_SHIPPED;
import static dev.galley.bookstore.world.OrderStatus.PAYMENT_FAILED;
import static dev.galley.bookstore.world.OrderStatus.QUOTED;
import static dev.galley.bookstore.world.OrderStatus.REFUNDED;
import static dev.galley.bookstore.world.OrderStatus.REJECTED;
import static dev.galley.bookstore.world.OrderStatus.RETURNED;
import static dev.galley.bookstore.world.OrderStatus.SHIPPED;

import dev.galley.bookstore.world.chance.Delay;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One way an order may go: its states with their delays since birth. Order n lives life n mod {@link #SLOTS} of a fixed
 * table, so that the orders which change in a given hour are a few arithmetic subsets of earlier hours.
 *
 * @param share of a hundred orders
 */
public record OrderLife(int share, List<Step> steps) {
    public static final int SLOTS = 100;

    private static final Step START = new Step(CHECKOUT, 0, 0);
    private static final Step QUOTE = new Step(QUOTED, 0, 90);
    private static final Step PAY = new Step(PAID, 0, 240);
    private static final Step FAIL = new Step(PAYMENT_FAILED, 0, 240);

    private static final List<Step> UNPRICED = List.of(START);
    private static final List<Step> UNPAID = List.of(START, QUOTE);
    private static final List<Step> FAILED = List.of(START, QUOTE, FAIL);
    private static final List<Step> USUAL = List.of(START, QUOTE, PAY);

    public static final List<OrderLife> ALL = List.of(
            life(5, UNPRICED, at(ABANDONED, 24)),
            life(3, UNPRICED, new Step(REJECTED, 0, 30)),
            life(4, UNPAID, at(ABANDONED, 24)),
            life(2, UNPAID, at(CANCELLED, 2)),
            life(3, FAILED, at(PAID, 1), at(SHIPPED, 22), at(DELIVERED, 70), at(CLOSED, 336)),
            life(
                    1,
                    FAILED,
                    at(PAYMENT_FAILED, 1),
                    at(PAYMENT_FAILED, 3),
                    at(PAID, 5),
                    at(SHIPPED, 30),
                    at(DELIVERED, 76),
                    at(CLOSED, 336)),
            life(2, FAILED, at(PAYMENT_FAILED, 1), at(CANCELLED, 26)),
            life(38, USUAL, at(SHIPPED, 20), at(DELIVERED, 66), at(CLOSED, 336)),
            life(16, USUAL, at(SHIPPED, 5), at(DELIVERED, 29), at(CLOSED, 336)),
            life(8, USUAL, at(SHIPPED, 52), at(DELIVERED, 170), at(CLOSED, 408)),
            life(7, USUAL, at(PARTIALLY_SHIPPED, 18), at(SHIPPED, 44), at(DELIVERED, 92), at(CLOSED, 336)),
            life(3, USUAL, at(CANCELLED, 5), at(REFUNDED, 8)),
            life(4, USUAL, at(SHIPPED, 20), at(DELIVERED, 66), at(RETURNED, 200), at(REFUNDED, 226)),
            life(2, USUAL, at(SHIPPED, 5), at(DELIVERED, 29), at(RETURNED, 170), at(PARTIALLY_REFUNDED, 198)),
            life(
                    2,
                    UNPAID,
                    at(QUOTED, 1),
                    new Step(PAID, 1, 200),
                    at(SHIPPED, 24),
                    at(DELIVERED, 70),
                    at(CLOSED, 336)));

    private static final OrderLife[] BY_SLOT = bySlot();

    /** A state and when it is entered: whole hours after the hour of birth, seconds after the second of birth. */
    public record Step(OrderStatus status, int hours, int seconds) {
        Delay delay() {
            return new Delay(hours, seconds);
        }
    }

    public OrderLife {
        steps = List.copyOf(steps);
    }

    public static OrderLife of(long order) {
        return BY_SLOT[(int) (order % SLOTS)];
    }

    /** What follows from each life, in the order of the order numbers modulo {@link #SLOTS}. */
    public static <T> List<T> bySlot(Function<OrderLife, T> follows) {
        return Stream.of(BY_SLOT).map(follows).toList();
    }

    public List<Delay> delays() {
        return steps.stream().map(Step::delay).toList();
    }

    /** The index of the first step to the status, -1 if the order never gets there. */
    public int stepTo(OrderStatus status) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).status() == status) {
                return i;
            }
        }
        return -1;
    }

    boolean refundsPartially() {
        return stepTo(PARTIALLY_REFUNDED) >= 0;
    }

    /** Whether it is paid at once and then rests for some hours: the usual way. */
    public boolean isUsual() {
        return steps.size() > 2 && steps.get(2).equals(PAY);
    }

    private static OrderLife life(int share, List<Step> begin, Step... then) {
        return new OrderLife(
                share, Stream.concat(begin.stream(), Stream.of(then)).toList());
    }

    private static Step at(OrderStatus status, int hours) {
        return new Step(status, hours, 0);
    }

    /** Scattered, so that neighbours differ. */
    private static OrderLife[] bySlot() {
        List<OrderLife> inOrder = new ArrayList<>();
        for (OrderLife life : ALL) {
            for (int i = 0; i < life.share(); i++) {
                inOrder.add(life);
            }
        }
        OrderLife[] slots = new OrderLife[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            slots[(i * 37 + 11) % SLOTS] = inOrder.get(i);
        }
        return slots;
    }
}
