package dev.galley.definition.yaml;

import java.util.Locale;

/**
 * A single JSON value that is not null. Its type counts where it goes into a JSON body; in an address it is its text.
 *
 * @param text of a number or boolean: as it was written
 * @param quoted whether it is a text; otherwise a number or a boolean
 */
public record JsonScalar(String text, boolean quoted) {
    public static JsonScalar text(String text) {
        return new JsonScalar(text, true);
    }

    public static JsonScalar number(long number) {
        return new JsonScalar(Long.toString(number), false);
    }

    /** As it stands in JSON. */
    public String json() {
        return quoted ? quoted(text) : text;
    }

    /** A text as it stands in JSON. */
    public static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /** As it stands in an address. */
    @Override
    public String toString() {
        return text;
    }
}
