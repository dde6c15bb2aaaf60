package dev.galley.spec;

import java.util.List;
import java.util.Optional;

/** What a check demands. */
public sealed interface Rule {
    /** Judges one row by itself, so its offenders can be quarantined. */
    sealed interface OfRow extends Rule {}

    record NotNull(List<String> columns) implements OfRow {
        public NotNull {
            columns = List.copyOf(columns);
        }
    }

    record Unique(List<String> columns) implements Rule {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /** Null passes. Values are compared as text. */
    record AcceptedValues(String column, List<String> values) implements OfRow {
        public AcceptedValues {
            values = List.copyOf(values);
        }
    }

    /** Both ends belong to the range and are SQL literals or expressions; null passes. */
    record AcceptedRange(String column, Optional<String> min, Optional<String> max) implements OfRow {}

    /** The whole text fits the regular expression (Java's syntax); null passes. */
    record Matches(String column, String pattern) implements OfRow {}

    /** The columns' values stand in {@code toColumns} of {@code to}; a null in any of them passes. */
    record Relationships(List<String> columns, TableName to, List<String> toColumns) implements OfRow {
        public Relationships {
            columns = List.copyOf(columns);
            toColumns = List.copyOf(toColumns);
        }
    }

    /** A boolean SQL expression over the row's columns; only false offends, null passes. */
    record Expression(String sql) implements OfRow {}

    /** Rows of the scope; an empty end is open. */
    record RowCount(Optional<Long> min, Optional<Long> max) implements Rule {}
}
