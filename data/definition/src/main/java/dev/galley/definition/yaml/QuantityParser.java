package dev.galley.definition.yaml;

import java.time.Duration;

/** Durations and sizes as files write them; the schemas check their form. */
final class QuantityParser {
    private QuantityParser() {}

    /** {@code 500ms}, {@code 30s}, {@code 15m}, {@code 2h}, {@code 1d}. */
    static Duration duration(String text) {
        int unit = firstLetter(text);
        long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalStateException("Not a duration: " + text);
        };
    }

    /** {@code 64KB}, {@code 32MB}, {@code 1GB}, in bytes; a KB has 1024. */
    static long bytes(String text) {
        int unit = firstLetter(text);
        long amount = Long.parseLong(text.substring(0, unit));
        return switch (text.substring(unit)) {
            case "KB" -> amount << 10;
            case "MB" -> amount << 20;
            case "GB" -> amount << 30;
            default -> throw new IllegalStateException("Not a size: " + text);
        };
    }

    private static int firstLetter(String text) {
        int i = 0;
        while (i < text.length() && Character.isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
