package dev.galley.catalog.run;

import dev.galley.catalog.CatalogException;
import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.NextStep;
import java.util.List;

/** A run waits for a person; a later one must not pass it. */
public final class HeldRunException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final transient RunId held;
    private final boolean publishable;

    HeldRunException(RunRecord run) {
        super("Cannot run: run " + run.id() + " is audited and waits for a person");
        this.held = run.id();
        this.publishable = run.report().filter(RunReport::publishable).isPresent();
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.HELD;
    }

    @Override
    public List<NextStep> nextSteps() {
        NextStep onwards = publishable ? NextStep.publish(held) : NextStep.rebuild(held);
        return List.of(NextStep.show(held), onwards.to("Then"), NextStep.discard(held));
    }
}
