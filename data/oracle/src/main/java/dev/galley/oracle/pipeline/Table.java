package dev.galley.oracle.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A table of a pipeline. */
public sealed interface Table {
    /** {@code namespace.name}. */
    String name();

    List<String> partition();

    List<Check> checks();

    /** The names of its columns. */
    Set<String> columnNames();

    /**
     * A landed resource under a contract; what does not fit is quarantined.
     *
     * @param resource also the name of the table in namespace {@code bronze}
     * @param snapshot whether each batch is the whole list, of which none may misfit
     */
    record Bronze(String resource, List<Column> columns, List<String> partition, boolean snapshot) implements Table {
        public Bronze {
            columns = List.copyOf(columns);
            partition = List.copyOf(partition);
        }

        public Bronze withColumns(List<Column> other) {
            return new Bronze(resource, other, partition, snapshot);
        }

        @Override
        public String name() {
            return "bronze." + resource;
        }

        @Override
        public List<Check> checks() {
            return List.of();
        }

        @Override
        public Set<String> columnNames() {
            return columns.stream().map(Column::name).collect(Collectors.toSet());
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
        public boolean writesAs(Model other) {
            return from.equals(other.from)
                    && select.equals(other.select)
                    && write.equals(other.write)
                    && incremental.equals(other.incremental);
        }

        public Model withSelect(Select other) {
            return new Model(name, from, other, write, incremental, partition, checks);
        }

        public Model withPartition(List<String> other) {
            return new Model(name, from, select, write, incremental, other, checks);
        }

        public Model withChecks(List<Check> other) {
            return new Model(name, from, select, write, incremental, partition, other);
        }

        @Override
        public Set<String> columnNames() {
            return Set.copyOf(select.columns());
        }

        /** Whether the column says where its rows go: without it they could not be written. */
        public boolean isWrittenBy(String column) {
            return partition.stream().anyMatch(term -> term.equals(column) || term.contains("(" + column + ")"))
                    || (write instanceof KeyedWriteMode keyed
                            && (keyed.key().contains(column)
                                    || keyed.version().equals(column)
                                    || keyed.immutable().contains(column)));
        }

        public Optional<String> partner() {
            return checks.stream()
                    .filter(c -> c.quarantines() && c.rule() instanceof Check.Partner)
                    .map(c -> ((Check.Partner) c.rule()).table())
                    .filter(t -> !t.equals(name))
                    .findFirst();
        }
    }

    /** How rows reach a table. */
    sealed interface Write permits KeyedWriteMode, Append, ReplacePartitions, Replace {}

    /** Adds them. */
    record Append() implements Write {}

    /** The partitions they fall into, or those that {@link Incremental#AFFECTED} names, are replaced. */
    record ReplacePartitions() implements Write {}

    /** All is replaced. */
    record Replace() implements Write {}

    /** What the SELECT looks at. */
    enum Incremental {
        WHOLE,
        NEW_ROWS,
        /** The partitions that changed rows name in the column that the table is partitioned by. */
        AFFECTED
    }
}
