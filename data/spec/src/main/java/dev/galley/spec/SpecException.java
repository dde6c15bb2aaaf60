package dev.galley.spec;

import dev.galley.spec.failure.ExitCode;
import dev.galley.spec.failure.GalleyException;
import java.util.List;
import java.util.stream.Collectors;

/** Settings or pipeline files are wrong; carries all problems, not the first only. */
public final class SpecException extends GalleyException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public SpecException(List<Problem> problems) {
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
