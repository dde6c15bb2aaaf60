package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.Instants;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What fixes a world for good.
 *
 * @param start the UTC date on which the first order is placed
 * @param days of history when the clock begins
 * @param scale multiplies orders per day and customers
 * @param booksCsv a file of real books, which come before the made-up ones
 */
public record WorldSettings(
        long seed, LocalDate start, int days, int ordersPerDay, int scale, Optional<Path> booksCsv) {
    public WorldSettings {
        requirePositive("days", days);
        requirePositive("orders-per-day", ordersPerDay);
        requirePositive("scale", scale);
        if (start.isBefore(LocalDate.of(2023, 1, 1)) || start.isAfter(LocalDate.of(2100, 1, 1))) {
            throw new BookstoreException("Cannot use start-date " + start + ": it must be from 2023 to 2100");
        }
    }

    public WorldSettings(long seed, LocalDate start, int days, int ordersPerDay, int scale) {
        this(seed, start, days, ordersPerDay, scale, Optional.empty());
    }

    public static WorldSettings defaults() {
        return new WorldSettings(42, LocalDate.of(2026, 1, 1), 90, 600, 1);
    }

    /** Where the virtual clock begins. */
    public long firstNow() {
        return Instants.startOf(start.plusDays(days));
    }

    /** The start date, 00:00Z. */
    public long origin() {
        return Instants.startOf(start);
    }

    long scaledOrdersPerDay() {
        return (long) ordersPerDay * scale;
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new BookstoreException("Cannot use " + name + " " + value + ": it must be at least 1");
        }
    }
}
