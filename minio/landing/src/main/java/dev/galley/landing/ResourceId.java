package dev.galley.landing;

/** A list of records in a source, as one pipeline sees it. */
public record ResourceId(String pipeline, String source, String resource) {
    @Override
    public String toString() {
        return source + "." + resource;
    }
}
