package dev.galley.ingest.land;

import dev.galley.landing.Manifest;
import dev.galley.landing.ResourceId;

/** What became of one resource in an ingest. */
public sealed interface Outcome {
    ResourceId resource();

    /** One word, for tables and JSON. */
    String status();

    /** One line, for people. */
    String detail();

    /** A batch was sealed: the next run will read it. */
    record Sealed(ResourceId resource, Manifest manifest) implements Outcome {
        @Override
        public String status() {
            return "sealed";
        }

        @Override
        public String detail() {
            return "batch " + manifest.batch().name();
        }
    }

    /** The source had nothing that is not landed already. */
    record NothingNew(ResourceId resource, String detail) implements Outcome {
        @Override
        public String status() {
            return "unchanged";
        }
    }

    /** Nothing of it became visible; the next ingest starts where this one did. */
    record Failed(ResourceId resource, RuntimeException cause) implements Outcome {
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
