package dev.galley.spark.bronze.contract;

import dev.galley.definition.table.TimePattern;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates and timestamps of RFC 3339, years 0001 to 9999, exactly: no default zone, no overflow into the next month, no
 * leap second. Holds the last result; not for several threads.
 */
final class Rfc3339 {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final int DATE_LENGTH = 10;
    private static final int SECOND_LENGTH = 19;

    private final @Nullable ZoneId zone;
    private char[] text = {};
    private int at;
    private int end;
    private long value;
    private boolean finer;

    Rfc3339() {
        this(null);
    }

    /** @param zone of timestamps that name none; null: they are refused */
    Rfc3339(@Nullable ZoneId zone) {
        this.zone = zone;
    }

    /** Reads {@code yyyy-MM-dd}. Returns null, and {@link #value} is days since 1970-01-01, or why not. */
    @Nullable String date(char[] chars, int offset, int length) {
        begin(chars, offset, length);
        if (length != DATE_LENGTH) {
            return "is not a date, yyyy-MM-dd";
        }
        return day("is not a date, yyyy-MM-dd");
    }

    /**
     * Reads {@code yyyy-MM-ddTHH:mm:ss[.f]} with {@code Z} or an offset. Returns null, and {@link #value} is microseconds
     * since 1970-01-01T00:00:00Z, or why not.
     */
    @Nullable String timestamp(char[] chars, int offset, int length) {
        begin(chars, offset, length);
        String shape = "is not a timestamp, yyyy-MM-ddTHH:mm:ss with Z or an offset";
        if (length < SECOND_LENGTH) {
            return shape;
        }
        String problem = day(shape);
        if (problem != null) {
            return problem;
        }
        long days = value;
        if (!take('T', 't')) {
            return shape;
        }
        int hour = digits(2);
        boolean colons = take(':', ':');
        int minute = digits(2);
        colons &= take(':', ':');
        int second = digits(2);
        if (!colons || hour < 0 || minute < 0 || second < 0) {
            return shape;
        }
        if (second == 60) {
            return "is a leap second, which a timestamp cannot hold";
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return "is not a time of day";
        }
        long micros = fraction();
        if (micros < 0) {
            return shape;
        }
        long seconds = days * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second;
        if (at == end) {
            return zone == null ? "has no zone: Z or an offset must follow" : local(seconds, micros, zone);
        }
        return zoned(seconds, micros, shape);
    }

    /** The last result. */
    long value() {
        return value;
    }

    /** Whether the last timestamp was given finer than microseconds, so that {@link #value} is not all of it. */
    boolean finerThanMicros() {
        return finer;
    }

    private void begin(char[] chars, int offset, int length) {
        text = chars;
        at = offset;
        end = offset + length;
        finer = false;
    }

    private @Nullable String zoned(long local, long micros, String shape) {
        long utc = local;
        if (!take('Z', 'z')) {
            char sign = text[at++];
            int hours = digits(2);
            boolean colon = take(':', ':');
            int minutes = digits(2);
            if ((sign != '+' && sign != '-') || !colon || hours < 0 || minutes < 0) {
                return shape;
            }
            if (hours > 23 || minutes > 59) {
                return "has an offset that is not a time of day";
            }
            long shift = hours * 3600L + minutes * 60L;
            utc = sign == '+' ? local - shift : local + shift;
        }
        if (at != end) {
            return shape;
        }
        return instant(utc, micros);
    }

    private @Nullable String local(long seconds, long micros, ZoneId in) {
        try {
            LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
            return instant(TimePattern.at(local, in).getEpochSecond(), micros);
        } catch (DateTimeException e) {
            return "is no moment: " + e.getMessage();
        }
    }

    private @Nullable String instant(long utc, long micros) {
        if (Math.floorDiv(utc, SECONDS_PER_DAY) < FIRST_DAY || Math.floorDiv(utc, SECONDS_PER_DAY) > LAST_DAY) {
            return "is outside the years 0001 to 9999 in UTC";
        }
        value = utc * MICROS_PER_SECOND + micros;
        return null;
    }

    private @Nullable String day(String shape) {
        int year = digits(4);
        boolean dashes = take('-', '-');
        int month = digits(2);
        dashes &= take('-', '-');
        int day = digits(2);
        if (!dashes || year < 0 || month < 0 || day < 0) {
            return shape;
        }
        if (year == 0) {
            return "is outside the years 0001 to 9999";
        }
        if (month < 1 || month > 12 || day < 1 || day > Month.of(month).length(Year.isLeap(year))) {
            return "is not a day of the calendar";
        }
        value = LocalDate.of(year, month, day).toEpochDay();
        return null;
    }

    /** Microseconds, 0 if there is no fraction, -1 if a point is not followed by digits. */
    private long fraction() {
        if (!take('.', '.')) {
            return 0;
        }
        int first = at;
        long micros = 0;
        for (int digit = digits(1); digit >= 0; digit = digits(1)) {
            if (at - first <= 6) {
                micros = micros * 10 + digit;
            } else {
                finer |= digit != 0;
            }
        }
        int count = at - first;
        for (int i = count; i < 6; i++) {
            micros *= 10;
        }
        return count == 0 ? -1 : micros;
    }

    private boolean take(char one, char other) {
        if (at < end && (text[at] == one || text[at] == other)) {
            at++;
            return true;
        }
        return false;
    }

    /** The number that the next {@code count} characters say, all digits; -1, and nothing is taken, otherwise. */
    private int digits(int count) {
        if (at + count > end) {
            return -1;
        }
        int number = 0;
        for (int i = at; i < at + count; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        at += count;
        return number;
    }
}
