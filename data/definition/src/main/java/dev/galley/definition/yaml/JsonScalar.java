package dev.galley.definition.yaml;

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
        return quoted ? JsonWriter.quoted(text) : text;
    }

    /** As it stands in an address. */
    @Override
    public String toString() {
        return text;
    }
}
