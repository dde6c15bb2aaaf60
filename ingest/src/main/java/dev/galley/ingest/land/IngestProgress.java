package dev.galley.ingest.land;

import dev.galley.landing.ResourceId;

/** Watches an ingest. Called from several threads at once. */
public interface IngestProgress extends AutoCloseable {
    default void started(ResourceId resource) {}

    /** A page was received. */
    default void received(ResourceId resource, int records) {}

    default void ended(IngestOutcome outcome) {}

    @Override
    void close();

    /** Watches nothing. */
    static IngestProgress quiet() {
        return () -> {};
    }
}
