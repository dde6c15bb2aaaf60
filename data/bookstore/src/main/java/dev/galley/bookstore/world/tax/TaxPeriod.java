package dev.galley.bookstore.world.tax;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What taxes printed books and their shipping in a jurisdiction from a date on, until the next period begins.
 *
 * @param components in the order of the split: the last takes what rounding leaves
 */
public record TaxPeriod(
        Jurisdiction jurisdiction,
        LocalDate from,
        Optional<LocalDate> to,
        Treatment treatment,
        List<Component> components) {
    public enum Treatment {
        TAXABLE,
        EXEMPT,
        NONE
    }

    /** {@code rate} in millionths. */
    public record Component(String name, long rate) {}

    public TaxPeriod {
        components = List.copyOf(components);
    }

    /** The combined rate in millionths. */
    long rate() {
        return rate(components);
    }

    static long rate(List<Component> components) {
        long rate = 0;
        for (Component component : components) {
            rate += component.rate();
        }
        return rate;
    }

    boolean covers(LocalDate date) {
        return !date.isBefore(from) && to.map(date::isBefore).orElse(true);
    }
}
