package dev.galley.definition.table;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How a model's rows reach its table. Every mode is idempotent. */
public sealed interface WriteMode {
    /** The columns of which the table has one version of each value; empty if it knows no versions. */
    default List<String> key() {
        return List.of();
    }

    /** The columns that never change for a key. */
    default List<String> immutable() {
        return List.of();
    }

    /** What tells versions of a key apart; absent if the table knows no versions. */
    default Optional<RowVersion> versions() {
        return Optional.empty();
    }

    /** What it means for a key to be gone. */
    default Deletion deletion() {
        return Deletion.NONE;
    }

    /** The same, with the columns called as {@code names} calls them. */
    default WriteMode spelled(UnaryOperator<String> names) {
        return this;
    }

    /** Columns of which one differs whenever a row differs from one before it; empty if only all columns tell. */
    default List<String> identity() {
        return List.of();
    }

    /** Whether rows of earlier runs go, so that each run must compute what it replaces as a whole. */
    default boolean replaces() {
        return false;
    }

    /** As the file says it; nothing for {@link Replace}, which holds where a file is silent. */
    CanonicalDefinition definition();

    /** Adds the rows. */
    record Append() implements WriteMode {
        @Override
        public CanonicalDefinition definition() {
            return new CanonicalDefinition().with("mode", "append");
        }
    }

    /** Keeps of each key what the highest version says. */
    sealed interface Keyed extends WriteMode {
        /** What tells versions of a key apart. */
        RowVersion by();

        /** The column of the version. */
        default String version() {
            return by().column();
        }

        @Override
        default Optional<RowVersion> versions() {
            return Optional.of(by());
        }

        @Override
        default List<String> identity() {
            Stream<String> marker = deletion().soft() ? Stream.of(Deletion.MARKER) : Stream.of();
            return Stream.of(key().stream(), Stream.of(version()), marker)
                    .flatMap(s -> s)
                    .toList();
        }
    }

    /**
     * One row per key, the highest version wins.
     *
     * @param immutable columns that never change for a key: they prune the target
     */
    record Merge(List<String> key, RowVersion by, List<String> immutable, Deletion deletion) implements Keyed {
        public Merge {
            if (key.isEmpty()) {
                throw new IllegalArgumentException("Cannot write without a key: name at least one column");
            }
            key = List.copyOf(key);
            immutable = List.copyOf(immutable);
        }

        @Override
        public Merge spelled(UnaryOperator<String> names) {
            return new Merge(
                    WriteMode.spelled(key, names), by.spelled(names), WriteMode.spelled(immutable, names), deletion);
        }

        @Override
        public CanonicalDefinition definition() {
            return deletion.into(by.into(new CanonicalDefinition()
                    .with("mode", "merge")
                    .with("key", key)
                    .with("immutable", immutable)));
        }
    }

    /**
     * All rows of a parent key at once: the rows of the highest version replace those of the group.
     *
     * @param group the parent key
     * @param by the parent's version
     */
    record ReplaceGroups(List<String> group, RowVersion by, List<String> immutable, Deletion deletion)
            implements Keyed {
        public ReplaceGroups {
            if (group.isEmpty()) {
                throw new IllegalArgumentException("Cannot write without a group: name at least one column");
            }
            group = List.copyOf(group);
            immutable = List.copyOf(immutable);
        }

        @Override
        public List<String> key() {
            return group;
        }

        @Override
        public ReplaceGroups spelled(UnaryOperator<String> names) {
            return new ReplaceGroups(
                    WriteMode.spelled(group, names), by.spelled(names), WriteMode.spelled(immutable, names), deletion);
        }

        @Override
        public CanonicalDefinition definition() {
            return deletion.into(by.into(new CanonicalDefinition()
                    .with("mode", "replace_groups")
                    .with("group", group)
                    .with("immutable", immutable)));
        }
    }

    /** The partitions that the rows fall into are replaced; with {@link Incremental.Affected} those named by it, even if empty now. */
    record ReplacePartitions() implements WriteMode {
        @Override
        public boolean replaces() {
            return true;
        }

        @Override
        public CanonicalDefinition definition() {
            return new CanonicalDefinition().with("mode", "replace_partitions");
        }
    }

    /** The whole table is replaced. */
    record Replace() implements WriteMode {
        @Override
        public boolean replaces() {
            return true;
        }

        @Override
        public CanonicalDefinition definition() {
            return new CanonicalDefinition();
        }
    }

    private static List<String> spelled(List<String> columns, UnaryOperator<String> names) {
        return columns.stream().map(names).distinct().toList();
    }
}
