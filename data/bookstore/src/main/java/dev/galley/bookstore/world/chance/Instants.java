package dev.galley.bookstore.world.chance;

import java.time.LocalDate;

/** Instants of whole seconds since the epoch, as RFC 3339 text in UTC; hot enough to avoid a formatter. */
public final class Instants {
    public static final long DAY = 86_400;
    public static final long HOUR = 3_600;

    private Instants() {}

    public static String text(long epochSecond) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(epochSecond, DAY));
        int second = (int) Math.floorMod(epochSecond, DAY);
        char[] text = "0000-00-00T00:00:00Z".toCharArray();
        put(text, 0, date.getYear() / 100);
        put(text, 2, date.getYear() % 100);
        put(text, 5, date.getMonthValue());
        put(text, 8, date.getDayOfMonth());
        put(text, 11, second / 3600);
        put(text, 14, second / 60 % 60);
        put(text, 17, second % 60);
        return new String(text);
    }

    public static LocalDate utcDate(long epochSecond) {
        return LocalDate.ofEpochDay(Math.floorDiv(epochSecond, DAY));
    }

    public static long startOf(LocalDate utcDate) {
        return utcDate.toEpochDay() * DAY;
    }

    private static void put(char[] text, int at, int twoDigits) {
        text[at] = (char) ('0' + twoDigits / 10);
        text[at + 1] = (char) ('0' + twoDigits % 10);
    }
}
