package dev.galley.definition.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Settings or pipeline files are wrong; carries all problems, not the first only. Exit code 2. */
public final class DefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public DefinitionException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
