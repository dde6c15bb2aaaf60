package dev.galley.bookstore.world;

import dev.galley.bookstore.world.tax.Jurisdiction;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All that a cart ever is.
 *
 * @param bornAt what the delays of its life count from
 * @param customer who is empty for a guest; known to the house from checkout on
 * @param store the store's number, for channel store
 */
public record Cart(
        long number,
        CartLife life,
        long bornAt,
        OptionalLong customer,
        Jurisdiction jurisdiction,
        OptionalInt store,
        List<Line> lines) {
    /** A book put in, at a price in minor units. */
    public record Line(int offer, int quantity, long unitPriceSeen) {}

    public Cart {
        lines = List.copyOf(lines);
    }

    public long at(int step) {
        return life.steps().get(step).delay().after(bornAt);
    }

    /** Epoch second of the last step that a person made. */
    public long lastActivity(int step) {
        return life.steps().get(step).status() == CartLife.Status.ABANDONED ? at(step - 1) : at(step);
    }

    public List<Line> linesAt(int step) {
        return lines.subList(0, Math.min(lines.size(), life.steps().get(step).lines()));
    }
}
