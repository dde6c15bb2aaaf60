package dev.galley.spark.run;

import dev.galley.definition.failure.NextStep;
import dev.galley.spark.SparkJobException;

/** A run before the first ingest. */
public final class NothingLandedException extends SparkJobException {
    private static final long serialVersionUID = 1L;

    NothingLandedException(String pipeline) {
        super("Nothing landed yet for " + pipeline, NextStep.ingest(pipeline));
    }
}
