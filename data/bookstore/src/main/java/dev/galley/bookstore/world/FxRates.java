package dev.galley.bookstore.world;

import dev.galley.bookstore.world.chance.SeededRandom;
import dev.galley.bookstore.world.chance.SeededRandom.Purpose;
import dev.galley.bookstore.world.tax.Currency;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/** Reference rates to USD: published at 00:00Z of each working day, from ten days before the start. */
public final class FxRates {
    public static final Currency QUOTE = Currency.USD;
    /** How far back a rate may be carried forward. */
    static final int MAX_AGE_DAYS = 5;

    private static final int LEAD_DAYS = 10;
    private static final Set<MonthDay> HOLIDAYS =
            Set.of(MonthDay.of(1, 1), MonthDay.of(5, 1), MonthDay.of(12, 25), MonthDay.of(12, 26));

    private final SeededRandom.Draws random;
    private final LocalDate first;

    FxRates(SeededRandom random, LocalDate start) {
        this.random = random.of(Purpose.RATE);
        first = start.minusDays(LEAD_DAYS);
    }

    public LocalDate first() {
        return first;
    }

    public boolean published(LocalDate date) {
        return !date.isBefore(first)
                && date.getDayOfWeek() != DayOfWeek.SATURDAY
                && date.getDayOfWeek() != DayOfWeek.SUNDAY
                && !HOLIDAYS.contains(MonthDay.from(date));
    }

    /** USD for one unit, 8 decimals. */
    public BigDecimal rate(LocalDate date, Currency base) {
        if (base == QUOTE) {
            return BigDecimal.valueOf(100_000_000L, 8);
        }
        long day = date.toEpochDay();
        int wave = Math.abs(Math.floorMod(day * 5, 800) - 400) - 200;
        int noise = random.below(81, day, base.name().hashCode()) - 40;
        return BigDecimal.valueOf(typical(base) * (10_000 + wave + noise) / 10_000, 8);
    }

    /** The date of the rate that holds on a date: the latest published, not older than five days. */
    public LocalDate dateFor(LocalDate date) {
        for (int age = 0; age <= MAX_AGE_DAYS; age++) {
            if (published(date.minusDays(age))) {
                return date.minusDays(age);
            }
        }
        throw new BookstoreException("Cannot convert an amount of " + date + ": no rate in the five days before");
    }

    /** In hundred-millionths of a dollar. */
    private static long typical(Currency base) {
        return switch (base) {
            case USD -> 100_000_000L;
            case EUR -> 108_437_120L;
            case JPY -> 667_351L;
            case ETB -> 694_217L;
        };
    }
}
