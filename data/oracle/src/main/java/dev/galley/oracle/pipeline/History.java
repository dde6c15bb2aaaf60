package dev.galley.oracle.pipeline;

import java.util.List;

/** A pipeline's life. */
public record History(Pipeline pipeline, List<Event> events) {
    public History {
        events = List.copyOf(events);
    }
}
