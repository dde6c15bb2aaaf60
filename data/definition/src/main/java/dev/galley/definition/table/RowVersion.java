package dev.galley.definition.table;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What tells an older state of a key from a newer one.
 *
 * @param as what its text stands for; absent if the column is no text
 */
public record RowVersion(String column, Optional<As> as) {
    /** What the text of a version stands for. */
    public enum As {
        /** Itself, compared letter by letter. */
        TEXT,
        BIGINT,
        TIMESTAMP
    }

    RowVersion spelled(UnaryOperator<String> names) {
        return new RowVersion(names.apply(column), as);
    }

    /** The column alone where its text stands for itself: so it was read when nothing could be said of it. */
    CanonicalDefinition into(CanonicalDefinition write) {
        return as.filter(type -> type != As.TEXT)
                .map(type -> write.with(
                        "version",
                        new CanonicalDefinition()
                                .with("column", column)
                                .with("as", type.name().toLowerCase(Locale.ROOT))))
                .orElseGet(() -> write.with("version", column));
    }
}
