package dev.galley.ingest.local;

import java.net.URI;

/** A local service that answers. */
public record Service(String name, URI url, String detail, Standing standing) {
    /** Whether it was there before. */
    public enum Standing {
        RUNNING,
        STARTED
    }
}
