package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.NextStep;
import java.util.List;

/** A run waits for a person; a later one must not pass it. */
public final class HeldRunException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final transient RunId held;

    HeldRunException(RunId held) {
        super("Cannot run: run " + held + " is audited and waits for a person");
        this.held = held;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.HELD;
    }

    @Override
    public List<NextStep> nextSteps() {
        return List.of(NextStep.show(held), NextStep.publish(held).to("Then"), NextStep.discard(held));
    }
}
