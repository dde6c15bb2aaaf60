package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;
import dev.galley.definition.failure.NextStep;
import java.util.List;

/** A run can not do what was asked: there is none, its status does not allow it, or what it wrote is gone. Nothing was published. */
final class RunException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final List<NextStep> next;

    RunException(String message, NextStep... next) {
        super(message);
        this.next = List.of(next);
    }

    RunException(String message, Throwable cause) {
        super(message, cause);
        this.next = List.of();
    }

    @Override
    public List<NextStep> nextSteps() {
        return next;
    }
}
