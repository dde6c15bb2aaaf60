package dev.galley.spark.run;

/** A run before the first ingest. */
final class NothingLandedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NothingLandedException(String message) {
        super(message);
    }
}
