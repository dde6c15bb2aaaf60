package dev.galley.definition.table;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a check demands. */
public sealed interface CheckRule {
    /** Judges one row by itself, so its offenders can be quarantined. */
    sealed interface OfRow extends CheckRule {}

    record NotNull(List<String> columns) implements OfRow {
        public NotNull {
            columns = List.copyOf(columns);
        }
    }

    record Unique(List<String> columns) implements CheckRule {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /** Null passes. Values are compared as values of the column's type: 7 is 7.00. NaN offends unless it is named. */
    record AcceptedValues(String column, List<String> values) implements OfRow {
        public AcceptedValues {
            values = List.copyOf(values);
        }
    }

    /** Both ends belong to the range and are values of the column's type or SQL expressions; null passes, NaN offends. */
    record AcceptedRange(String column, Optional<String> min, Optional<String> max) implements OfRow {}

    /** The whole text fits the regular expression (Java's syntax); null passes. */
    record Matches(String column, String pattern) implements OfRow {
        /** What may have to end before text that follows the pattern counts: a comment of {@code (?x)}, a quotation. */
        private static final List<String> ENDS = List.of("", "\n", "\\E");

        /**
         * The pattern as one that is to be found, not matched: it fits whole texts only.
         *
         * @throws PatternSyntaxException if {@code pattern} is no regular expression, or none that can stand inside another
         */
        public String whole() {
            Pattern.compile(pattern);
            PatternSyntaxException refused = null;
            for (String end : ENDS) {
                try {
                    return Pattern.compile("\\A(?:" + pattern + end + ")\\z").pattern();
                } catch (PatternSyntaxException e) {
                    refused = refused == null ? e : refused;
                }
            }
            throw Objects.requireNonNull(refused);
        }
    }

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
    record RowCount(Optional<Long> min, Optional<Long> max) implements CheckRule {}
}
