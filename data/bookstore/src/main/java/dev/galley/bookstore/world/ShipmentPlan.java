package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.Delay;
import java.util.List;

/**
 * A parcel that a life of orders leads to. Parcel p of order n has the number n * {@link #MAX} + p.
 *
 * @param part of the order that is in it
 */
public record ShipmentPlan(Part part, List<Step> steps) {
    public static final int MAX = 4;

    private static final int LABEL_HOURS = 2;
    private static final int FIRST_ON_ITS_WAY_HOURS = 46;
    private static final int LOST_HOURS = 22;

    enum Part {
        ALL,
        /** The first line, or the first copy if there is but one line. */
        FIRST,
        /** What the first one leaves; of a single copy that was lost, the copy again. */
        REST,
        /** A single copy, which never arrives. */
        LOST
    }

    public enum Status {
        LABEL,
        IN_TRANSIT,
        DELIVERED,
        LOST
    }

    public record Step(Status status, Delay delay) {}

    public ShipmentPlan {
        steps = List.copyOf(steps);
    }

    public static List<ShipmentPlan> of(OrderLife life) {
        int shipped = life.stepTo(OrderStatus.SHIPPED);
        if (shipped < 0) {
            return List.of();
        }
        int sent = life.steps().get(shipped).hours();
        int delivered = life.steps().get(life.stepTo(OrderStatus.DELIVERED)).hours();
        int begun = life.stepTo(OrderStatus.PARTIALLY_SHIPPED);
        if (begun < 0) {
            return List.of(plan(Part.ALL, sent, Status.DELIVERED, delivered));
        }
        int first = life.steps().get(begun).hours();
        return List.of(
                plan(Part.FIRST, first, Status.DELIVERED, first + FIRST_ON_ITS_WAY_HOURS),
                plan(Part.REST, sent, Status.DELIVERED, delivered),
                plan(Part.LOST, first, Status.LOST, first + LOST_HOURS));
    }

    private static ShipmentPlan plan(Part part, int sent, Status end, int ended) {
        return new ShipmentPlan(
                part,
                List.of(
                        new Step(Status.LABEL, Delay.hours(sent - LABEL_HOURS)),
                        new Step(Status.IN_TRANSIT, Delay.hours(sent)),
                        new Step(end, Delay.hours(ended))));
    }

    public List<Delay> delays() {
        return steps.stream().map(Step::delay).toList();
    }

    /** Whether an order has this parcel: a single copy is never split, but lost and sent again. */
    public boolean fits(Orders orders, long order) {
        return switch (part) {
            case ALL, REST -> true;
            case FIRST -> !orders.isSingleCopy(order);
            case LOST -> orders.isSingleCopy(order);
        };
    }

    /** Copies of a line of the order that are in it. */
    public int quantity(Order order, int line) {
        boolean single = order.lines().size() == 1 && order.lines().get(0).quantity() == 1;
        int ordered = order.lines().get(line).quantity();
        int first = line > 0 ? 0 : order.lines().size() > 1 ? ordered : 1;
        return switch (part) {
            case ALL, LOST -> ordered;
            case FIRST -> first;
            case REST -> single ? ordered : ordered - first;
        };
    }
}
