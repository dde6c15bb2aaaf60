package dev.galley.definition.table;

import dev.galley.definition.table.Check.OnFail;
import dev.galley.definition.table.Check.Scope;
import dev.galley.definition.table.Check.Severity;
import dev.galley.definition.yaml.Problems;
import dev.galley.definition.yaml.YamlFields;
import dev.galley.definition.yaml.YamlNode;
import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The built-in checks of one table, bound from its header's {@code checks}. */
final class CheckList {
    private final Problems.OfFile problems;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private CheckList(Problems.OfFile problems) {
        this.problems = problems;
    }

    /** Reads the checks in the order written; what contradicts itself is added to the table's problems. */
    static List<Check> of(YamlFields table) {
        CheckList list = new CheckList(table.problems());
        for (YamlNode item : table.items("checks")) {
            list.add(((Mapping) item).entries().get(0));
        }
        return list.checks;
    }

    private void add(Entry check) {
        YamlFields options = options(check);
        List<? extends CheckRule> rules = CheckRule.read(check.key(), options);
        for (CheckRule rule : rules) {
            String label = rule.label().isEmpty() ? "" : "(" + rule.label() + ")";
            String name = options.text("name")
                    .map(given -> rules.size() == 1 ? given : given + label)
                    .orElse(check.key() + label);
            add(check, options, rule, name);
        }
    }

    /** The options in their long form, at the line of the check; short are {@code unique: [a]} and {@code expression: "a > 0"}. */
    private YamlFields options(Entry check) {
        List<Entry> entries = check.value() instanceof Mapping map
                ? map.entries()
                : List.of(new Entry(
                        check.value() instanceof YamlNode.Sequence ? "columns" : "rule", check.line(), check.value()));
        return new YamlFields(new Mapping(entries, check.line()), problems);
    }

    private void add(Entry check, YamlFields options, CheckRule rule, String name) {
        Severity severity = options.choice("severity", Severity.class, Severity.ERROR);
        OnFail onFail = options.choice("on_fail", OnFail.class, OnFail.BLOCK);
        Scope scope = options.choice("scope", Scope.class, Scope.DELTA);
        if (onFail == OnFail.QUARANTINE) {
            refuseQuarantine(check.key(), options, rule, severity, scope);
        }
        Check.refuseReserved(name, options.line("name"), problems);
        Integer first = lines.putIfAbsent(name, check.line());
        if (first != null) {
            options.problem("The check %s stands in line %d already; give one of them another \"name\""
                    .formatted(YamlNode.quoted(name), first));
        }
        checks.add(new Check(name, severity, onFail, scope, rule, options.place()));
    }

    private static void refuseQuarantine(
            String check, YamlFields options, CheckRule rule, Severity severity, Scope scope) {
        if (!(rule instanceof CheckRule.OfRow)) {
            options.problem(
                    "on_fail",
                    "\"%s\" judges rows together, so it cannot say which to quarantine; remove \"on_fail\""
                            .formatted(check));
        } else if (severity == Severity.WARN) {
            options.problem(
                    "on_fail", "A check that quarantines rows cannot be of severity warn; remove one of the two");
        } else if (scope == Scope.WHOLE) {
            options.problem(
                    "on_fail",
                    "Only rows that are not yet written can be quarantined; remove \"scope: whole\" or \"on_fail\"");
        }
    }
}
