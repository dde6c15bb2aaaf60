package dev.galley.spec;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All that is wrong, gathered before anything is thrown. */
final class Problems {
    private final Set<Problem> all = new LinkedHashSet<>();

    /** The same collection, for one file. */
    OfFile in(Path file) {
        return new OfFile(this, file);
    }

    int count() {
        return all.size();
    }

    /** Throws {@link SpecException} with all problems by file and line, if there is any. */
    void throwIfAny() {
        if (!all.isEmpty()) {
            throw new SpecException(sorted());
        }
    }

    List<Problem> sorted() {
        return all.stream()
                .sorted(Comparator.comparing((Problem p) -> p.place().file())
                        .thenComparing(p -> p.place().line()))
                .toList();
    }

    /** The problems of one file. */
    record OfFile(Problems problems, Path file) {
        void at(int line, String message) {
            problems.all.add(new Problem(new Place(file, line), message));
        }

        Place place(int line) {
            return new Place(file, line);
        }

        int count() {
            return problems.count();
        }
    }
}
