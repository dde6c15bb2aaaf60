package dev.galley.ingest.source.rest.http;

import dev.galley.ingest.source.SourceException;
import dev.galley.ingest.source.rest.json.Utf8Bytes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/** Takes a source's secrets out of what is shown, since answers may repeat them. For several threads. */
public final class Redaction {
    /** A shorter secret would hide common words, such as the name of a version. */
    private static final int SHORTEST = 6;

    /** So many first characters of a secret are hidden wherever they stand. */
    private static final int BEGINNING = 8;

    /** And so many where a text was cut short; fewer say nothing. */
    private static final int FEWEST = 3;

    private static final String SHOWN = "***";
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

    /** The longest first: one secret may hold another. */
    private final Set<String> secrets = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    void add(String secret) {
        if (secret.length() >= SHORTEST) {
            secrets.addAll(List.of(
                    secret,
                    URLEncoder.encode(secret, StandardCharsets.UTF_8),
                    lowerCase(URLEncoder.encode(secret, StandardCharsets.UTF_8)),
                    secret.replace("/", "\\/"),
                    secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")));
        }
    }

    /** The escapes of an address with small letters. */
    private static String lowerCase(String address) {
        return ESCAPE.matcher(address).replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
    }

    public String apply(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, SHOWN);
        }
        for (String secret : secrets) {
            shown = withoutBeginning(secret, shown);
        }
        return shown.contains(Utf8Bytes.CUT) ? withoutBeginnings(shown) : shown;
    }

    /** A parser shows what it read before it stumbled. */
    private static String withoutBeginning(String secret, String text) {
        String beginning = secret.substring(0, Math.min(secret.length(), BEGINNING));
        int at = text.indexOf(beginning);
        if (at < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int from = 0;
        for (; at >= 0; at = text.indexOf(beginning, from)) {
            shown.append(text, from, at).append(SHOWN);
            from = at;
            for (int i = 0; i < secret.length() && from < text.length() && text.charAt(from) == secret.charAt(i); i++) {
                from++;
            }
        }
        return shown.append(text, from, text.length()).toString();
    }

    /** Where a text was cut short, the beginning of a secret may be left. */
    private String withoutBeginnings(String text) {
        StringBuilder shown = new StringBuilder(text);
        for (int cut = shown.indexOf(Utf8Bytes.CUT); cut >= 0; cut = shown.indexOf(Utf8Bytes.CUT, cut + 1)) {
            int left = longestBeginning(shown, cut);
            shown.replace(cut - left, cut, left == 0 ? "" : SHOWN);
            cut = shown.indexOf(Utf8Bytes.CUT, cut - left);
        }
        return shown.toString();
    }

    /** How many characters before {@code end} are the beginning of a secret. */
    private int longestBeginning(StringBuilder text, int end) {
        int longest = 0;
        for (String secret : secrets) {
            for (int length = Math.min(secret.length(), end); length > longest && length >= FEWEST; length--) {
                if (text.substring(end - length, end).equals(secret.substring(0, length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    public boolean concerns(String text) {
        return !apply(text).equals(text);
    }

    /** The same failure; without its causes if they or it would show a secret. */
    public SourceException apply(SourceException failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (concerns(String.valueOf(e.getMessage()))) {
                return new SourceException(
                        failure.kind(), apply(String.valueOf(failure.getMessage())), failure.retryAfter());
            }
        }
        return failure;
    }
}
