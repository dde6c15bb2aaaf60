package dev.galley.definition.yaml;

import dev.galley.definition.failure.NextStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All that is wrong, gathered before anything is thrown. */
public final class Problems {
    private final Set<Problem> all = new LinkedHashSet<>();
    private final List<NextStep> next = new ArrayList<>();

    /** The same collection, for one file. */
    public OfFile in(Path file) {
        return new OfFile(this, file);
    }

    int count() {
        return all.size();
    }

    /** Notes what a person may do about a problem. */
    public void suggest(NextStep step) {
        next.add(step);
    }

    /** Throws {@link DefinitionException} with all problems by file and line, if there is any. */
    public void throwIfAny() {
        if (!all.isEmpty()) {
            throw new DefinitionException(sorted(), next);
        }
    }

    public List<Problem> sorted() {
        return all.stream()
                .sorted(Comparator.comparing((Problem p) -> p.place().file())
                        .thenComparing(p -> p.place().line()))
                .toList();
    }

    /** The problems of one file. */
    public record OfFile(Problems problems, Path file) {
        public void at(int line, String message) {
            problems.all.add(new Problem(new FileLocation(file, line), message));
        }

        public FileLocation place(int line) {
            return new FileLocation(file, line);
        }

        public int count() {
            return problems.count();
        }
    }
}
