package dev.galley.ingest.land;

import dev.galley.landing.Manifest;
import dev.galley.landing.Manifest.Traffic;
import dev.galley.landing.ResourceId;
import java.util.Locale;

/** What became of one resource in an ingest. */
public sealed interface IngestOutcome {
    ResourceId resource();

    /** One word, for tables and JSON. */
    String status();

    /** One line, for people. */
    String detail();

    /** Records of the batch that was sealed; 0 without one. */
    default long records() {
        return 0;
    }

    /** What this ingest exchanged with the source. */
    Traffic traffic();

    /**
     * A batch was sealed: the next run will read it.
     *
     * @param kept records that an ingest before this one had stored, which was cut short
     */
    record Sealed(ResourceId resource, Manifest manifest, long kept, Traffic traffic) implements IngestOutcome {
        @Override
        public String status() {
            return "sealed";
        }

        @Override
        public String detail() {
            return "batch " + manifest.batch().name()
                    + (kept == 0
                            ? ""
                            : String.format(Locale.ROOT, ", the first %,d records fetched by an earlier ingest", kept));
        }

        @Override
        public long records() {
            return manifest.records();
        }
    }

    /** The source had nothing that is not landed already. */
    record NothingNew(ResourceId resource, String detail, Traffic traffic) implements IngestOutcome {
        @Override
        public String status() {
            return "unchanged";
        }
    }

    /** Nothing of it became visible; the next ingest starts where this one did, or goes on where it was cut short. */
    record Failed(ResourceId resource, RuntimeException cause, Traffic traffic) implements IngestOutcome {
        @Override
        public String status() {
            return "failed";
        }

        @Override
        public String detail() {
            return String.valueOf(cause.getMessage());
        }
    }
}
