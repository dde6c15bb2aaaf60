package dev.galley.oracle.pipeline;

import java.util.List;

/** A pipeline's life. */
public record PipelineLife(Pipeline pipeline, List<Event> events) {
    public PipelineLife {
        events = List.copyOf(events);
    }
}
