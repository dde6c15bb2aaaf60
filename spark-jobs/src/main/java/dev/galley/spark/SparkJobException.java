package dev.galley.spark;

import dev.galley.definition.failure.GalleyException;
import dev.galley.definition.failure.NextStep;
import java.util.List;

/** The root of what this module throws for reasons that it knows. */
public abstract class SparkJobException extends GalleyException {
    private static final long serialVersionUID = 1L;

    private final List<NextStep> next;

    protected SparkJobException(String message, NextStep... next) {
        super(message);
        this.next = List.of(next);
    }

    protected SparkJobException(String message, List<NextStep> next, Throwable cause) {
        super(message, cause);
        this.next = List.copyOf(next);
    }

    @Override
    public List<NextStep> nextSteps() {
        return next;
    }
}
