package dev.galley.bookstore.list;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page ended, as two numbers that only the list can read. */
public record PageCursor(long first, long second) {
    private static final Pattern NUMBERS = Pattern.compile("(-?\\d{1,15}):(\\d{1,15})");

    /** Refused if no list gave it out. */
    static PageCursor parse(String text) {
        Matcher numbers = NUMBERS.matcher(decoded(text));
        if (!numbers.matches()) {
            throw HttpProblem.badRequest("cursor is \"" + text + "\": it is none that this list gave out");
        }
        return new PageCursor(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)));
    }

    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((first + ":" + second).getBytes(StandardCharsets.US_ASCII));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
