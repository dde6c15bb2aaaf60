package dev.galley.oracle;

import java.util.List;
import java.util.Optional;

/** A table of a pipeline. */
public sealed interface Table {
    /** {@code namespace.name}. */
    String name();

    List<String> partition();

    List<Check> checks();

    /**
     * A landed resource under a contract; what does not fit is quarantined.
     *
     * @param resource also the name of the table in namespace {@code bronze}
     */
    record Bronze(String resource, List<Column> columns, List<String> partition) implements Table {
        public Bronze {
            columns = List.copyOf(columns);
            partition = List.copyOf(partition);
        }

        @Override
        public String name() {
            return "bronze." + resource;
        }

        @Override
        public List<Check> checks() {
            return List.of();
        }
    }

    /** A table that a SELECT computes. */
    record Model(
            String name,
            String from,
            Select select,
            Write write,
            Incremental incremental,
            List<String> partition,
            List<Check> checks)
            implements Table {
        public Model {
            partition = List.copyOf(partition);
            checks = List.copyOf(checks);
        }

        /** Whether a table that this wrote is one that {@code other} would write alike. */
        boolean writesAs(Model other) {
            return from.equals(other.from)
                    && select.equals(other.select)
                    && write.equals(other.write)
                    && incremental.equals(other.incremental);
        }

        Optional<String> partner() {
            return checks.stream()
                    .filter(c -> c.quarantines() && c.rule() instanceof Check.Partner)
                    .map(c -> ((Check.Partner) c.rule()).table())
                    .filter(t -> !t.equals(name))
                    .findFirst();
        }
    }

    /** How rows reach a table. */
    sealed interface Write {
        /** Adds them. */
        record Append() implements Write {}

        /** One row per key, the highest version wins. */
        record Merge(List<String> key, String version, List<String> immutable) implements Write {
            public Merge {
                key = List.copyOf(key);
                immutable = List.copyOf(immutable);
            }
        }

        /** All rows of a key at once. */
        record ReplaceGroups(List<String> key, String version, List<String> immutable) implements Write {
            public ReplaceGroups {
                key = List.copyOf(key);
                immutable = List.copyOf(immutable);
            }
        }

        /** The partitions they fall into, or those that {@link Incremental#AFFECTED} names, are replaced. */
        record ReplacePartitions() implements Write {}

        /** All is replaced. */
        record Replace() implements Write {}
    }

    /** What the SELECT looks at. */
    enum Incremental {
        WHOLE,
        NEW_ROWS,
        /** The partitions that changed rows name in the column that the table is partitioned by. */
        AFFECTED
    }
}
