package dev.galley.ingest.land;

import dev.galley.ingest.source.SourceReader;
import dev.galley.landing.Landing;
import dev.galley.landing.ObjectStore;
import dev.galley.landing.ResourceId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Pulls what is new from the sources of a pipeline and lands it: for each resource with news one sealed batch. What fails or
 * is cut short leaves nothing visible, and other resources go on.
 */
public final class Ingest {
    private final String pipeline;
    private final ObjectStore store;
    private final Path spool;
    private final Clock clock;
    private final Progress progress;

    /** @param spool a local folder for parts being written */
    public Ingest(String pipeline, ObjectStore store, Path spool, Clock clock, Progress progress) {
        this.pipeline = pipeline;
        this.store = store;
        this.spool = spool;
        this.clock = clock;
        this.progress = progress;
    }

    /** Ingests the resources that {@code selected} takes, source by source; the caller closes the sources. */
    public IngestSummary run(List<? extends SourceReader> sources, Predicate<ResourceId> selected) {
        Instant start = clock.instant();
        Spool.sweep(spool, start);
        String ingestId = IngestId.next(clock);
        ResourceIngest each = new ResourceIngest(store, new Landing(store, pipeline), spool, clock, progress, ingestId);
        List<Outcome> outcomes = new ArrayList<>();
        for (SourceReader source : sources) {
            outcomes.addAll(new FetchOrder(source)
                    .run(
                            resource -> selected.test(id(source, resource)),
                            resource -> each.ingest(source, id(source, resource))));
        }
        return new IngestSummary(pipeline, ingestId, outcomes, Duration.between(start, clock.instant()));
    }

    private ResourceId id(SourceReader source, String resource) {
        return new ResourceId(pipeline, source.name(), resource);
    }
}
