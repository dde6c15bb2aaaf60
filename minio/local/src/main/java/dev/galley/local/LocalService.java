package dev.galley.local;

import java.net.URI;

/** A server of this machine that answers. */
public record LocalService(String name, URI url, String detail, Standing standing) {
    /** Whether it was there before. */
    public enum Standing {
        RUNNING,
        STARTED
    }
}
