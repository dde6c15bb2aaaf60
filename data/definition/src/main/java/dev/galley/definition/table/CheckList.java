package dev.galley.definition.table;

import dev.galley.definition.table.Check.OnFail;
import dev.galley.definition.table.Check.Scope;
import dev.galley.definition.table.Check.Severity;
import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.YamlFields;
import dev.galley.definition.yaml.YamlNode;
import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Mapping;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** The built-in checks of one table, bound from its header's {@code checks}. */
public final class CheckList {
    /** Letters of an expression that stand in the name of its check. */
    private static final int MAX_ABOUT = 80;

    private final Problems.OfFile problems;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private CheckList(Problems.OfFile problems) {
        this.problems = problems;
    }

    /** The checks in the order written; what contradicts itself is added to the table's problems. */
    static List<Check> of(YamlFields table) {
        CheckList list = new CheckList(table.problems());
        for (YamlNode item : table.items("checks")) {
            list.add(((Mapping) item).entries().get(0));
        }
        return list.checks;
    }

    private void add(Entry check) {
        YamlFields options = options(check);
        switch (check.key()) {
            case "not_null" -> addNotNull(check, options);
            case "unique" ->
                add(check, options, new CheckRule.Unique(options.texts("columns")), options.texts("columns"));
            case "accepted_values" ->
                add(
                        check,
                        options,
                        new CheckRule.AcceptedValues(options.required("column"), options.texts("values")),
                        List.of(options.required("column")));
            case "accepted_range" -> addRange(check, options);
            case "matches" -> addMatches(check, options);
            case "relationships" -> addRelationships(check, options);
            case "expression" -> addExpression(check, options);
            case "row_count" -> addRowCount(check, options);
            default -> throw new IllegalStateException("The schema allows a check that is unknown: " + check.key());
        }
    }

    /** The short forms {@code unique: [a]} and {@code expression: "a > 0"} in their long form. */
    private YamlFields options(Entry check) {
        YamlNode value = check.value();
        if (value instanceof Sequence) {
            return new YamlFields(
                    new Mapping(List.of(new Entry("columns", check.line(), value)), check.line()), problems);
        }
        if (value instanceof Scalar) {
            return new YamlFields(new Mapping(List.of(new Entry("rule", check.line(), value)), check.line()), problems);
        }
        return new YamlFields((Mapping) value, problems);
    }

    private void addNotNull(Entry check, YamlFields options) {
        List<String> columns = options.texts("columns");
        for (String column : columns) {
            String name = options.text("name")
                    .map(n -> columns.size() == 1 ? n : n + "(" + column + ")")
                    .orElse("not_null(" + column + ")");
            add(check, options, new CheckRule.NotNull(List.of(column)), name);
        }
    }

    private void addRange(Entry check, YamlFields options) {
        if (!options.has("min") && !options.has("max")) {
            problems.at(check.line(), "\"accepted_range\" needs \"min\", \"max\" or both");
        }
        if (isNumber(options, "min") && isNumber(options, "max")) {
            BigDecimal min = new BigDecimal(options.required("min"));
            BigDecimal max = new BigDecimal(options.required("max"));
            if (min.compareTo(max) > 0) {
                problems.at(check.line(), "\"accepted_range\": min %s is above max %s".formatted(min, max));
            }
        }
        String column = options.required("column");
        add(
                check,
                options,
                new CheckRule.AcceptedRange(column, options.text("min"), options.text("max")),
                List.of(column));
    }

    private static boolean isNumber(YamlFields options, String key) {
        return options.node(key)
                .filter(node -> node instanceof Scalar scalar && scalar.isNumber())
                .isPresent();
    }

    private void addMatches(Entry check, YamlFields options) {
        String column = options.required("column");
        CheckRule.Matches rule = new CheckRule.Matches(column, options.required("pattern"));
        try {
            rule.whole();
        } catch (PatternSyntaxException e) {
            problems.at(
                    options.line("pattern"),
                    "The pattern %s is no regular expression: %s"
                            .formatted(YamlNode.quoted(rule.pattern()), e.getDescription()));
            return;
        }
        add(check, options, rule, List.of(column));
    }

    private void addRelationships(Entry check, YamlFields options) {
        String to = options.required("to");
        if (options.has("column")) {
            int dot = to.lastIndexOf('.');
            List<String> columns = List.of(options.required("column"));
            add(
                    check,
                    options,
                    new CheckRule.Relationships(
                            columns, TableName.of(to.substring(0, dot)), List.of(to.substring(dot + 1))),
                    columns);
            return;
        }
        List<String> columns = options.texts("columns");
        List<String> toColumns = options.texts("to_columns");
        if (columns.size() != toColumns.size()) {
            problems.at(
                    options.line("to_columns"),
                    "\"to_columns\" has %d columns and \"columns\" has %d".formatted(toColumns.size(), columns.size()));
        }
        add(check, options, new CheckRule.Relationships(columns, TableName.of(to), toColumns), columns);
    }

    private void addExpression(Entry check, YamlFields options) {
        String rule = options.required("rule");
        String line = rule.strip().replaceAll("\\s+", " ");
        String about = line.length() <= MAX_ABOUT ? line : line.substring(0, MAX_ABOUT - 1) + "…";
        add(check, options, new CheckRule.Expression(rule), List.of(about));
    }

    private void addRowCount(Entry check, YamlFields options) {
        Optional<Long> min = options.text("min").map(Long::parseLong);
        Optional<Long> max = options.text("max").map(Long::parseLong);
        if (min.isEmpty() && max.isEmpty()) {
            problems.at(check.line(), "\"row_count\" needs \"min\", \"max\" or both");
        }
        if (min.isPresent() && max.isPresent() && min.get() > max.get()) {
            problems.at(check.line(), "\"row_count\": min %d is above max %d".formatted(min.get(), max.get()));
        }
        add(check, options, new CheckRule.RowCount(min, max), options.text("name", "row_count"));
    }

    private void add(Entry check, YamlFields options, CheckRule rule, List<String> about) {
        add(check, options, rule, options.text("name", "%s(%s)".formatted(check.key(), String.join(", ", about))));
    }

    private void add(Entry check, YamlFields options, CheckRule rule, String name) {
        Severity severity = options.choice("severity", Severity.class, Severity.ERROR);
        OnFail onFail = options.choice("on_fail", OnFail.class, OnFail.BLOCK);
        Scope scope = options.choice("scope", Scope.class, Scope.DELTA);
        if (onFail == OnFail.QUARANTINE) {
            refuseQuarantine(check, options, rule, severity, scope);
        }
        refuseReserved(name, options.line("name"), problems);
        Integer first = lines.putIfAbsent(name, check.line());
        if (first != null) {
            problems.at(
                    check.line(),
                    "The check %s stands in line %d already; give one of them another \"name\""
                            .formatted(YamlNode.quoted(name), first));
        }
        checks.add(new Check(name, severity, onFail, scope, rule, problems.place(check.line())));
    }

    /** What is wrong with the name that an author gives a check. */
    public static void refuseReserved(String name, int line, Problems.OfFile problems) {
        if (Check.RESERVED.contains(name)) {
            problems.at(
                    line,
                    "The check %s has a name of Galley's own checks (%s); give it another"
                            .formatted(
                                    YamlNode.quoted(name),
                                    Check.RESERVED.stream().sorted().collect(Collectors.joining(", "))));
        }
    }

    private void refuseQuarantine(Entry check, YamlFields options, CheckRule rule, Severity severity, Scope scope) {
        int line = options.line("on_fail");
        if (!(rule instanceof CheckRule.OfRow)) {
            problems.at(
                    line,
                    "\"%s\" judges rows together, so it cannot say which to quarantine; remove \"on_fail\""
                            .formatted(check.key()));
        } else if (severity == Severity.WARN) {
            problems.at(line, "A check that quarantines rows cannot be of severity warn; remove one of the two");
        } else if (scope == Scope.WHOLE) {
            problems.at(
                    line,
                    "Only rows that are not yet written can be quarantined; remove \"scope: whole\" or \"on_fail\"");
        }
    }
}
