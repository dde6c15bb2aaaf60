package dev.galley.landing;

/**
 * A list of records in a source, as one pipeline sees it. Its three names become segments of object keys: letters, digits,
 * {@code _}, {@code -} and {@code .}, beginning with a letter, a digit or {@code _}.
 */
public record ResourceId(String pipeline, String source, String resource) {
    public ResourceId {
        Layout.checkSegment("pipeline", pipeline);
        Layout.checkSegment("source", source);
        Layout.checkSegment("resource", resource);
    }

    @Override
    public String toString() {
        return source + "." + resource;
    }
}
