package dev.galley.ingest.land;

import dev.galley.landing.ResourceId;

/** Watches an ingest. Called from several threads at once. */
public interface IngestProgress extends AutoCloseable {
    void started(ResourceId resource);

    /** A page was received. */
    void received(ResourceId resource, int records);

    void ended(IngestOutcome outcome);

    @Override
    void close();

    /** Watches nothing. */
    static IngestProgress quiet() {
        return new IngestProgress() {
            @Override
            public void started(ResourceId resource) {}

            @Override
            public void received(ResourceId resource, int records) {}

            @Override
            public void ended(IngestOutcome outcome) {}

            @Override
            public void close() {}
        };
    }
}
