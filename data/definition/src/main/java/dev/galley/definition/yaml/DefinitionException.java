package dev.galley.definition.yaml;

import dev.galley.definition.failure.ExitCode;
import dev.galley.definition.failure.GalleyException;
import java.util.List;
import java.util.stream.Collectors;

/** Settings or pipeline files are wrong; carries all problems, not the first only. */
public final class DefinitionException extends GalleyException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public DefinitionException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    @Override
    public ExitCode exitCode() {
        return ExitCode.USAGE;
    }
}
