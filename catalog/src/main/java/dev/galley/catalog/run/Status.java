package dev.galley.catalog.run;

import java.util.Locale;

/** Says how far a run has come. BLOCKED and HELD keep their audit branches; PUBLISHED and what follows are final. */
public enum Status {
    /** Under way, or its process died: see the lease. */
    RUNNING,
    /** An audit failed. */
    BLOCKED,
    /** Audited, waiting for a person. */
    HELD,
    PUBLISHED,
    FAILED,
    /** Dropped by a person. */
    DISCARDED,
    /** A later run took the same input and more. */
    SUPERSEDED;

    /** As people read it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing can change it any more. */
    public boolean isFinal() {
        return compareTo(PUBLISHED) >= 0;
    }
}
