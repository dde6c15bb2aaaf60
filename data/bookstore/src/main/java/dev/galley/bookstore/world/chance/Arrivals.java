package dev.galley.bookstore.world.chance;

import java.time.LocalDate;

/**
 * How many orders are born in each hour: a weekly pattern repeated, so that the count before any hour, and the hour of
 * any order, are arithmetic. Hours count from the start date, 00:00Z.
 */
public final class Arrivals {
    private static final int WEEK = 168;
    private static final int[] BY_HOUR = {
        4, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10, 11, 12, 12, 12, 11, 10, 9, 8, 7, 5
    };
    /** Monday first. */
    private static final int[] BY_WEEKDAY = {9, 10, 10, 10, 11, 12, 10};

    private final long perWeek;
    private final long[] weightBefore = new long[WEEK + 1];

    public Arrivals(LocalDate start, long ordersPerDay) {
        perWeek = 7 * ordersPerDay;
        for (int hour = 0; hour < WEEK; hour++) {
            int weekday = (start.getDayOfWeek().getValue() - 1 + hour / 24) % 7;
            weightBefore[hour + 1] = weightBefore[hour] + (long) BY_HOUR[hour % 24] * BY_WEEKDAY[weekday];
        }
    }

    /** Orders born before the hour begins; 0 for hours before the start. */
    public long before(long hour) {
        return hour <= 0 ? 0 : hour / WEEK * perWeek + within((int) (hour % WEEK));
    }

    /** The hour in which the order is born. */
    public long hourOf(long order) {
        long rest = order % perWeek;
        int low = 0;
        int high = WEEK - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (within(middle) <= rest) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return order / perWeek * WEEK + low;
    }

    private long within(int hourOfWeek) {
        return perWeek * weightBefore[hourOfWeek] / weightBefore[WEEK];
    }
}
