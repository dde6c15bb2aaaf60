package dev.galley.definition.failure;

import java.util.List;

/** Something was asked for that cannot be: an id that nothing has, a state that forbids it. Nothing was changed. */
public final class UsageException extends GalleyException {
    private static final long serialVersionUID = 1L;

    private final List<NextStep> next;

    public UsageException(String message, NextStep... next) {
        super(message);
        this.next = List.of(next);
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.USAGE;
    }

    @Override
    public List<NextStep> nextSteps() {
        return next;
    }
}
