package dev.galley.definition.source;

import dev.galley.definition.yaml.YamlFields;
import dev.galley.definition.yaml.YamlNode;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code on_response} of a source or a resource. */
final class ResponseRuleSection {
    private ResponseRuleSection() {}

    static List<ResponseRule> read(YamlFields owner) {
        List<ResponseRule> rules = new ArrayList<>();
        for (YamlNode item : owner.items("on_response")) {
            YamlFields rule = owner.of(item);
            rules.add(new ResponseRule(
                    statuses(rule.node("status").orElseThrow()),
                    rule.text("at"),
                    pattern(rule),
                    rule.choice("do", ResponseRule.Action.class, ResponseRule.Action.FAIL)));
        }
        return rules;
    }

    private static List<Integer> statuses(YamlNode status) {
        List<YamlNode> all = status instanceof Sequence sequence ? sequence.items() : List.of(status);
        return all.stream()
                .map(node -> Integer.parseInt(((Scalar) node).text()))
                .toList();
    }

    private static Optional<String> pattern(YamlFields rule) {
        Optional<String> pattern = rule.text("matches");
        try {
            pattern.ifPresent(Pattern::compile);
            return pattern;
        } catch (PatternSyntaxException e) {
            rule.problem("matches", "\"matches\" is no regular expression: " + e.getDescription());
            return Optional.empty();
        }
    }
}
