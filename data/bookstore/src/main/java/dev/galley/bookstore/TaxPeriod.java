package dev.galley.bookstore;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What taxes printed books and their shipping in a jurisdiction from a date on, until the next period begins.
 *
 * @param components in the order of the split: the last takes what rounding leaves
 */
record TaxPeriod(
        Jurisdiction jurisdiction,
        LocalDate from,
        Optional<LocalDate> to,
        Treatment treatment,
        List<Component> components) {
    enum Treatment {
        TAXABLE,
        EXEMPT,
        NONE
    }

    /** {@code rate} in millionths. */
    record Component(String name, long rate) {}

    TaxPeriod {
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
