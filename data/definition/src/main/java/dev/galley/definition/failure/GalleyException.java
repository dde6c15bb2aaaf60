package dev.galley.definition.failure;

import java.util.List;

/**
 * The root of what Galley's modules throw for reasons they know; each module has one subclass as its own root. Its message is a
 * sentence of facts that names no command.
 */
public abstract class GalleyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected GalleyException(String message) {
        super(message);
    }

    protected GalleyException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Tells the category of the failure. */
    public ExitCode exitCode() {
        return ExitCode.FAILED;
    }

    /** Tells what the person can do about it, the likeliest first. */
    public List<NextStep> nextSteps() {
        return List.of();
    }

    /** Tells whether the message says all that a person needs or may see; its causes are then for the log alone. */
    public boolean isWhole() {
        return false;
    }
}
