package dev.galley.definition.table;

import dev.galley.definition.yaml.YamlFields;
import dev.galley.definition.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a check demands. Each rule says how it is read from a file, which columns it names and what it demands. */
public sealed interface CheckRule {
    /** Returns the columns of the checked table that the rule names; what SQL text says is not looked at. */
    default List<String> columns() {
        return List.of();
    }

    /** Says what the rule demands, in a few words. */
    String describe();

    /** Returns what stands in brackets in the name that a check has unless its author gives it one; empty for no brackets. */
    default String label() {
        return String.join(", ", columns());
    }

    /** Judges one row by itself, so its offenders can be quarantined. */
    sealed interface OfRow extends CheckRule {}

    /** Judges the values of one column. */
    sealed interface OfColumn extends OfRow {
        String column();

        @Override
        default List<String> columns() {
            return List.of(column());
        }
    }

    /**
     * Reads the rules of one entry of {@code checks}: {@code not_null} has one for each column, all others have one. A rule that
     * cannot be is none, and a problem.
     */
    static List<? extends CheckRule> read(String kind, YamlFields options) {
        return switch (kind) {
            case "not_null" ->
                options.texts("columns").stream()
                        .map(column -> new NotNull(List.of(column)))
                        .toList();
            case "unique" -> List.of(new Unique(options.texts("columns")));
            case "accepted_values" -> List.of(new AcceptedValues(options.required("column"), options.texts("values")));
            case "accepted_range" -> List.of(AcceptedRange.read(options));
            case "matches" -> Matches.read(options).stream().toList();
            case "relationships" -> List.of(Relationships.read(options));
            case "expression" -> List.of(new Expression(options.required("rule")));
            case "row_count" -> List.of(RowCount.read(options));
            default -> throw new IllegalStateException("The schema allows a check that is unknown: " + kind);
        };
    }

    record NotNull(List<String> columns) implements OfRow {
        public NotNull {
            columns = List.copyOf(columns);
        }

        @Override
        public String describe() {
            return String.join(", ", columns) + " not null";
        }
    }

    record Unique(List<String> columns) implements CheckRule {
        public Unique {
            columns = List.copyOf(columns);
        }

        @Override
        public String describe() {
            return String.join(", ", columns) + " unique";
        }
    }

    /** Null passes. Values are compared as values of the column's type: 7 is 7.00. NaN offends unless it is named. */
    record AcceptedValues(String column, List<String> values) implements OfColumn {
        public AcceptedValues {
            values = List.copyOf(values);
        }

        @Override
        public String describe() {
            return column + " one of " + String.join(", ", values);
        }
    }

    /** Both ends belong to the range and are values of the column's type or SQL expressions; null passes, NaN offends. */
    record AcceptedRange(String column, Optional<String> min, Optional<String> max) implements OfColumn {
        private static AcceptedRange read(YamlFields options) {
            requireRange("accepted_range", options);
            return new AcceptedRange(options.required("column"), options.text("min"), options.text("max"));
        }

        @Override
        public String describe() {
            return column + range(min, max);
        }
    }

    /** The whole text fits the regular expression (Java's syntax); null passes. */
    record Matches(String column, String pattern) implements OfColumn {
        /** What may have to end before text that follows the pattern counts: a comment of {@code (?x)}, a quotation. */
        private static final List<String> ENDS = List.of("", "\n", "\\E");

        private static Optional<Matches> read(YamlFields options) {
            Matches rule = new Matches(options.required("column"), options.required("pattern"));
            try {
                rule.whole();
                return Optional.of(rule);
            } catch (PatternSyntaxException e) {
                String pattern = YamlNode.quoted(rule.pattern());
                options.problem(
                        "pattern", "The pattern " + pattern + " is no regular expression: " + e.getDescription());
                return Optional.empty();
            }
        }

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

        @Override
        public String describe() {
            return column + " matches " + pattern;
        }
    }

    /** The columns' values stand in {@code toColumns} of {@code to}; a null in any of them passes. */
    record Relationships(List<String> columns, TableName to, List<String> toColumns) implements OfRow {
        public Relationships {
            columns = List.copyOf(columns);
            toColumns = List.copyOf(toColumns);
        }

        private static Relationships read(YamlFields options) {
            String to = options.required("to");
            if (options.has("column")) {
                int dot = to.lastIndexOf('.');
                return new Relationships(
                        List.of(options.required("column")),
                        TableName.of(to.substring(0, dot)),
                        List.of(to.substring(dot + 1)));
            }
            List<String> columns = options.texts("columns");
            List<String> toColumns = options.texts("to_columns");
            if (columns.size() != toColumns.size()) {
                options.problem(
                        "to_columns",
                        "\"to_columns\" has %d columns and \"columns\" has %d"
                                .formatted(toColumns.size(), columns.size()));
            }
            return new Relationships(columns, TableName.of(to), toColumns);
        }

        @Override
        public String describe() {
            return String.join(", ", columns) + " in " + to + "." + String.join(", ", toColumns);
        }
    }

    /** A boolean SQL expression over the row's columns; only false offends, null passes. */
    record Expression(String sql) implements OfRow {
        /** Letters of an expression that stand in the name of its check. */
        private static final int MAX_LABEL = 80;

        @Override
        public String describe() {
            return sql.strip();
        }

        @Override
        public String label() {
            String line = sql.strip().replaceAll("\\s+", " ");
            return line.length() <= MAX_LABEL ? line : line.substring(0, MAX_LABEL - 1) + "…";
        }
    }

    /** Rows of the scope; an empty end is open. */
    record RowCount(Optional<Long> min, Optional<Long> max) implements CheckRule {
        private static RowCount read(YamlFields options) {
            requireRange("row_count", options);
            return new RowCount(
                    options.text("min").map(Long::valueOf), options.text("max").map(Long::valueOf));
        }

        @Override
        public String describe() {
            return "rows" + range(min, max);
        }
    }

    private static String range(Optional<?> min, Optional<?> max) {
        return " from " + min.map(String::valueOf).orElse("any") + " to "
                + max.map(String::valueOf).orElse("any");
    }

    private static void requireRange(String check, YamlFields options) {
        if (!options.has("min") && !options.has("max")) {
            options.problem("\"" + check + "\" needs \"min\", \"max\" or both");
        } else if (options.isNumber("min") && options.isNumber("max")) {
            BigDecimal min = new BigDecimal(options.required("min"));
            BigDecimal max = new BigDecimal(options.required("max"));
            if (min.compareTo(max) > 0) {
                options.problem("\"%s\": min %s is above max %s".formatted(check, min, max));
            }
        }
    }
}
