package dev.galley.bookstore.world;

import java.util.ArrayList;
import java.util.List;

/**
 * A payment that a life of orders leads to. Payment p of order n has the number n * {@link #MAX} + p.
 *
 * @param opened the step of the order's life that creates it
 * @param settled the step that decides it; later than {@code opened} where it is pending first
 */
public record PaymentPlan(int place, Kind kind, boolean succeeds, int opened, int settled) {
    public static final int MAX = 8;

    public enum Kind {
        AUTHORIZE,
        CAPTURE,
        REFUND
    }

    public boolean waits() {
        return settled > opened;
    }

    public static List<PaymentPlan> of(OrderLife life) {
        List<PaymentPlan> plans = new ArrayList<>();
        int failures = 0;
        boolean paid = false;
        for (int step = 0; step < life.steps().size(); step++) {
            switch (life.steps().get(step).status()) {
                case PAYMENT_FAILED -> {
                    failures++;
                    plans.add(new PaymentPlan(plans.size(), Kind.AUTHORIZE, false, step, step));
                }
                case PAID -> {
                    paid = true;
                    if (failures > 0) {
                        plans.add(new PaymentPlan(plans.size(), Kind.AUTHORIZE, true, step, step));
                    }
                    plans.add(new PaymentPlan(plans.size(), Kind.CAPTURE, true, step, step));
                }
                case CANCELLED, RETURNED -> {
                    if (paid) {
                        plans.add(new PaymentPlan(plans.size(), Kind.REFUND, true, step, step + 1));
                    }
                }
                default -> {
                    // No money moves.
                }
            }
        }
        return List.copyOf(plans);
    }
}
