package dev.galley.landing;

/**
 * A list of records in a source, as one pipeline sees it. Its three names become segments of object keys: letters, digits,
 * {@code _}, {@code -} and {@code .}, beginning with a letter, a digit or {@code _}.
 */
public record ResourceId(String pipeline, String source, String resource) {
    public ResourceId {
        LandingKeys.checkSegment("pipeline", pipeline);
        LandingKeys.checkSegment("source", source);
        LandingKeys.checkSegment("resource", resource);
    }

    @Override
    public String toString() {
        return source + "." + resource;
    }
}
