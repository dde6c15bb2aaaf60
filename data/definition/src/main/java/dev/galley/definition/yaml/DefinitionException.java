package dev.galley.definition.yaml;

import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.GalleyException;
import dev.galley.definition.failure.NextStep;
import java.util.List;
import java.util.stream.Collectors;

/** Settings or pipeline files are wrong; carries all problems, not the first only. */
public final class DefinitionException extends GalleyException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    private final transient List<NextStep> next;

    public DefinitionException(List<Problem> problems) {
        this(problems, List.of());
    }

    /** With what a person may do about the problems. */
    public DefinitionException(List<Problem> problems, List<NextStep> next) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.next = List.copyOf(next);
    }

    public List<Problem> problems() {
        return problems;
    }

    @Override
    public List<NextStep> nextSteps() {
        return next;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.USAGE;
    }
}
