package dev.galley.ingest.land;

import dev.galley.landing.ResourceId;

/** Watches an ingest. Called from several threads at once. */
public interface Progress extends AutoCloseable {
    void started(ResourceId resource);

    /** A page was received. */
    void received(ResourceId resource, int records);

    void ended(Outcome outcome);

    @Override
    void close();

    /** Watches nothing. */
    static Progress quiet() {
        return new Progress() {
            @Override
            public void started(ResourceId resource) {}

            @Override
            public void received(ResourceId resource, int records) {}

            @Override
            public void ended(Outcome outcome) {}

            @Override
            public void close() {}
        };
    }
}
