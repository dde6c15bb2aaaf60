package dev.galley.definition.source;

import dev.galley.definition.source.RestSource.Cursor;
import dev.galley.definition.source.RestSource.ForEach;
import dev.galley.definition.source.RestSource.Incremental;
import dev.galley.definition.source.RestSource.Incremental.Unit;
import dev.galley.definition.source.RestSource.Method;
import dev.galley.definition.source.RestSource.Resource;
import dev.galley.definition.yaml.DateOrInstant;
import dev.galley.definition.yaml.JsonScalar;
import dev.galley.definition.yaml.YamlFields;
import dev.galley.definition.yaml.YamlNode;
import dev.galley.definition.yaml.YamlNode.Mapping;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One resource of a source. */
record ResourceSection(String name, int line, YamlFields fields, List<ResponseRule> rulesOfSource) {
    Resource read() {
        int before = fields.problems().count();
        for (String key : List.of("path", "query", "body", "for_each")) {
            fields.node(key).ifPresent(node -> requirePlain(node, key));
        }
        List<ResponseRule> rules = new ArrayList<>(ResponseRuleSection.read(fields));
        rules.addAll(rulesOfSource);
        Resource resource = new Resource(
                name,
                fields.required("path"),
                fields.choice("method", Method.class, Method.GET),
                query(),
                fields.node("body").map(YamlNode::toJson),
                fields.text("records", ""),
                fields.choice("shape", RestSource.Shape.class, RestSource.Shape.LIST),
                fields.choice("if_missing", RestSource.IfMissing.class, RestSource.IfMissing.REFUSE),
                new PaginateSection(fields.fields("paginate")).read(),
                fields.has("incremental") ? Optional.of(cursor(fields.fields("incremental"))) : Optional.empty(),
                fields.has("for_each") ? Optional.of(forEach(fields.fields("for_each"))) : Optional.empty(),
                rules,
                fields.texts("before"),
                fields.problems().place(line));
        if (fields.problems().count() == before) {
            new ResourceRules(resource, fields).check();
        }
        return resource;
    }

    private Map<String, JsonScalar> query() {
        Map<String, JsonScalar> values = new LinkedHashMap<>();
        fields.fields("query").entries().forEach(e -> values.put(e.key(), ((Scalar) e.value()).json()));
        return values;
    }

    /** Requests stand in logs, in messages and in what servers log; so they hold no secrets. */
    private void requirePlain(YamlNode node, String key) {
        if (node instanceof Mapping map) {
            map.entries().forEach(entry -> requirePlain(entry.value(), key + "." + entry.key()));
        } else if (node instanceof Sequence sequence) {
            sequence.items().forEach(item -> requirePlain(item, key));
        } else if (((Scalar) node).secret()) {
            fields.problem(
                    node.line(),
                    "\"%s\" must not be a reference: requests are shown in messages; use \"auth\" or \"headers\""
                            .formatted(key));
        }
    }

    private static ForEach forEach(YamlFields forEach) {
        return new ForEach(
                forEach.required("resource"), forEach.texts("fields"), (int) forEach.number("concurrency", 4));
    }

    private static Cursor cursor(YamlFields incremental) {
        return switch (incremental.text("by", "watermark")) {
            case "position" -> new RestSource.ByPosition();
            case "etag" -> new RestSource.ByEtag();
            default -> watermark(incremental);
        };
    }

    private static Incremental watermark(YamlFields incremental) {
        Unit unit = incremental.choice("unit", Unit.class, Unit.INSTANT);
        Optional<String> initial = incremental.text("initial");
        if (initial.filter(text -> !isBeginning(text, unit)).isPresent()) {
            String wanted = unit == Unit.DATE
                    ? "a date like 2026-01-31"
                    : "an instant like 2026-01-31T00:00:00Z, or say \"unit: date\"";
            incremental.problem("initial", "\"initial\" must be " + wanted);
        }
        return new Incremental(
                incremental.required("parameter"),
                incremental.required("watermark_header"),
                incremental.duration("lookback", "15m"),
                incremental.text("to_parameter"),
                step(incremental, unit),
                initial,
                unit);
    }

    private static Optional<Duration> step(YamlFields incremental, Unit unit) {
        Optional<Duration> step = incremental.duration("step");
        Duration least = unit == Unit.DATE ? Duration.ofDays(1) : Duration.ofSeconds(1);
        if (step.filter(s -> s.compareTo(least) < 0).isPresent()) {
            incremental.problem("step", "\"step\" must be " + (unit == Unit.DATE ? "1d" : "1s") + " at least");
        }
        if (step.isPresent() && !(incremental.has("to_parameter") && incremental.has("initial"))) {
            incremental.problem("step", "\"step\" needs \"to_parameter\" and \"initial\"");
        }
        return step;
    }

    private static boolean isBeginning(String text, Unit unit) {
        return DateOrInstant.isDate(text) == (unit == Unit.DATE)
                && DateOrInstant.parse(text).isPresent();
    }
}
