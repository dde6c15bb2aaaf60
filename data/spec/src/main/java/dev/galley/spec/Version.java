package dev.galley.spec;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What tells an older state of a key from a newer one.
 *
 * @param as what its text stands for; absent if the column is no text
 */
public record Version(String column, Optional<As> as) {
    /** What the text of a version stands for. */
    public enum As {
        /** Itself, compared letter by letter. */
        TEXT,
        BIGINT,
        TIMESTAMP
    }

    Version spelled(UnaryOperator<String> names) {
        return new Version(names.apply(column), as);
    }

    /** The column alone where its text stands for itself: so it was read when nothing could be said of it. */
    Definition into(Definition write) {
        return as.filter(type -> type != As.TEXT)
                .map(type -> write.with(
                        "version",
                        new Definition()
                                .with("column", column)
                                .with("as", type.name().toLowerCase(Locale.ROOT))))
                .orElseGet(() -> write.with("version", column));
    }
}
