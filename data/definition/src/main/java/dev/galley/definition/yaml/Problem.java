package dev.galley.definition.yaml;

/** One thing wrong with settings or a pipeline: where, what, and what to do about it. */
public record Problem(FileLocation place, String message) {
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
