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
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Pulls what is new from the sources of a pipeline and lands it: for each resource with news one sealed batch. What fails or
 * is cut short leaves nothing visible, and other resources go on; the next ingest goes on after what is stored already, where
 * the source can.
 */
public final class Ingest {
    private final String pipeline;
    private final ObjectStore store;
    private final Path spool;
    private final Clock clock;
    private final IngestProgress progress;
    private final PartRule parts;

    /** @param spool a local folder for parts being written */
    public Ingest(
            String pipeline, ObjectStore store, Path spool, Clock clock, IngestProgress progress, PartRule parts) {
        this.pipeline = pipeline;
        this.store = store;
        this.spool = spool;
        this.clock = clock;
        this.progress = progress;
        this.parts = parts;
    }

    /** Ingests the resources that {@code selected} takes, source by source; the caller closes the sources. */
    public IngestSummary run(List<? extends SourceReader> sources, Predicate<ResourceId> selected) {
        return run(sources, selected, Optional.empty());
    }

    /** Lands what the sources hold of a window, and leaves all cursors where they are; whole lists are passed over. */
    public IngestSummary backfill(
            List<? extends SourceReader> sources, Predicate<ResourceId> selected, Backfill window) {
        return run(sources, selected, Optional.of(window));
    }

    private IngestSummary run(
            List<? extends SourceReader> sources, Predicate<ResourceId> selected, Optional<Backfill> backfill) {
        Instant start = clock.instant();
        SpoolFolder.sweep(spool, start);
        String ingestId = IngestId.next(clock);
        IngestContext context =
                new IngestContext(store, new Landing(store, pipeline), spool, clock, progress, parts, ingestId);
        ResourceIngest each = new ResourceIngest(context, backfill);
        List<IngestOutcome> outcomes = new ArrayList<>();
        for (SourceReader source : sources) {
            outcomes.addAll(new ResourceSchedule(source)
                    .run(
                            resource -> selected.test(id(source, resource)),
                            resource -> each.ingest(source, id(source, resource))));
        }
        return new IngestSummary(pipeline, ingestId, outcomes, start, Duration.between(start, clock.instant()));
    }

    private ResourceId id(SourceReader source, String resource) {
        return new ResourceId(pipeline, source.name(), resource);
    }
}
