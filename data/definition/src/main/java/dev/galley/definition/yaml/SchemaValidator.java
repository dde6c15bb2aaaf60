package dev.galley.definition.yaml;

import static dev.galley.definition.yaml.YamlNode.quoted;

import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Mapping;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Holds a document against one of the files in {@code schemas/}: JSON Schema 2020-12, of which it knows the keywords these
 * files use. Three of them carry meaning for messages: {@code title} says in words what a value must be, {@code not: {}}
 * marks what is planned but not yet supported, {@code writeOnly} marks values that messages must not show.
 */
final class SchemaValidator {
    private final SchemaFiles files;
    private final Map<String, Pattern> patterns = new HashMap<>();
    private final SchemaFiles.Part root;

    /** The schema of {@code schemas/<name>.schema.json}. */
    SchemaValidator(String name, SchemaFiles files) {
        this.files = files;
        this.root = files.part(name + ".schema.json", "");
    }

    /** Adds what does not fit to {@code problems}. */
    void check(YamlNode document, Problems.OfFile problems) {
        check(root, new Site(Optional.empty(), "", document.line(), document), problems);
    }

    /**
     * A value to be judged, and the line of its key.
     *
     * @param parent absent for the document
     * @param step its key, or its number in a list in brackets
     */
    private record Site(Optional<Site> parent, String step, int line, YamlNode node) {
        Site child(Entry entry) {
            return new Site(Optional.of(this), entry.key(), entry.line(), entry.value());
        }

        Site item(int index, YamlNode item) {
            return new Site(Optional.of(this), "[" + (index + 1) + "]", item.line(), item);
        }

        /** {@code write.key[1]}; empty for the document. */
        String name() {
            String above = parent.map(Site::name).orElse("");
            return above.isEmpty() || step.startsWith("[") ? above + step : above + "." + step;
        }

        String label() {
            return parent.isEmpty() ? "The file" : quoted(name());
        }

        String kind(boolean secret) {
            return secret && node instanceof Scalar ? "***" : node.kind();
        }
    }

    private void check(SchemaFiles.Part schema, Site site, Problems.OfFile problems) {
        SchemaFiles.Part part = files.resolve(schema);
        if (part.has("not")) {
            problems.at(site.line(), notYet(part, site));
        } else if (part.has("oneOf")) {
            checkOneOf(part, site, problems);
        } else if (!typeFits(part, site.node())) {
            problems.at(site.line(), must(part, site));
        } else if (site.node() instanceof Mapping mapping) {
            checkMapping(part, site, mapping, problems);
        } else if (site.node() instanceof Sequence sequence) {
            checkSequence(part, site, sequence, problems);
        } else if (site.node() instanceof Scalar scalar) {
            checkScalar(part, site, scalar, problems);
        }
    }

    private static String notYet(SchemaFiles.Part part, Site site) {
        String constant = part.constants().entrySet().stream()
                .map(e -> ": " + e.getKey() + " \"" + e.getValue() + "\"")
                .findFirst()
                .orElse("");
        return site.label() + constant + " is not yet supported";
    }

    private void checkOneOf(SchemaFiles.Part part, Site site, Problems.OfFile problems) {
        List<SchemaFiles.Part> branches =
                part.parts("oneOf").stream().map(files::resolve).toList();
        List<SchemaFiles.Part> ofType =
                branches.stream().filter(b -> typeFits(b, site.node())).toList();
        if (ofType.isEmpty()) {
            String wanted =
                    branches.stream().map(SchemaValidator::wanted).distinct().collect(Collectors.joining(" or "));
            problems.at(site.line(), must(wanted, site, part.secret()));
            return;
        }
        List<SchemaFiles.Part> candidates =
                ofType.stream().filter(b -> constantsFit(b, site.node())).toList();
        if (candidates.isEmpty()) {
            problems.at(site.line(), constantsDiffer(ofType, site));
            return;
        }
        List<Problems> outcomes = candidates.stream()
                .map(branch -> {
                    Problems outcome = new Problems();
                    check(branch, site, outcome.in(problems.file()));
                    return outcome;
                })
                .toList();
        outcomes.stream()
                .min(Comparator.comparingInt(Problems::count))
                .ifPresent(
                        best -> best.sorted().forEach(p -> problems.at(p.place().line(), p.message())));
    }

    private static boolean constantsFit(SchemaFiles.Part branch, YamlNode node) {
        return !(node instanceof Mapping mapping)
                || branch.constants().entrySet().stream()
                        .allMatch(c -> text(mapping, c.getKey()).equals(Optional.of(c.getValue())));
    }

    private static String constantsDiffer(List<SchemaFiles.Part> branches, Site site) {
        String key = branches.get(0).constants().keySet().iterator().next();
        Set<String> known = branches.stream()
                .filter(b -> !b.has("not"))
                .map(b -> b.constants().get(key))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Optional<YamlNode> found = ((Mapping) site.node()).value(key);
        return found.map(value -> "%s: %s must be one of %s, is %s"
                        .formatted(site.label(), quoted(key), String.join(", ", known), value.kind()))
                .orElseGet(
                        () -> "%s needs %s: one of %s".formatted(site.label(), quoted(key), String.join(", ", known)));
    }

    private static Optional<String> text(Mapping mapping, String key) {
        return mapping.value(key).map(v -> v instanceof Scalar scalar ? scalar.text() : v.kind());
    }

    private void checkMapping(SchemaFiles.Part part, Site site, Mapping mapping, Problems.OfFile problems) {
        for (Entry entry : mapping.entries()) {
            Optional<SchemaFiles.Part> property =
                    part.property(entry.key()).or(() -> part.part("additionalProperties"));
            if (property.isPresent()) {
                part.part("propertyNames")
                        .ifPresent(names -> checkName(files.resolve(names), site.child(entry), entry, problems));
                check(property.get(), site.child(entry), problems);
            } else if (part.isClosed()) {
                problems.at(
                        entry.line(),
                        "Unknown key %s%s"
                                .formatted(
                                        quoted(site.child(entry).name()),
                                        NearestWord.hint(entry.key(), part.properties())));
            }
        }
        for (String required : part.texts("required")) {
            if (mapping.entry(required).isEmpty()) {
                problems.at(site.line(), "%s needs %s".formatted(site.label(), quoted(required)));
            }
        }
        if (mapping.entries().size() < part.number("minProperties", 0)) {
            problems.at(site.line(), site.label() + " is empty");
        }
        if (mapping.entries().size() > part.number("maxProperties", Integer.MAX_VALUE)) {
            problems.at(
                    site.line(),
                    "%s has several keys (%s) and may have one"
                            .formatted(
                                    site.label(),
                                    mapping.entries().stream().map(Entry::key).collect(Collectors.joining(", "))));
        }
    }

    private void checkName(SchemaFiles.Part names, Site site, Entry entry, Problems.OfFile problems) {
        if (!matches(names, entry.key())) {
            problems.at(site.line(), "The key %s must be %s".formatted(quoted(entry.key()), wanted(names)));
        }
    }

    private void checkSequence(SchemaFiles.Part part, Site site, Sequence sequence, Problems.OfFile problems) {
        if (sequence.items().size() < part.number("minItems", 0)) {
            problems.at(site.line(), site.label() + " is empty");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            YamlNode item = sequence.items().get(i);
            Site itemSite = site.item(i, item);
            part.part("items").ifPresent(items -> check(items, itemSite, problems));
            if (part.has("uniqueItems") && item instanceof Scalar scalar && !seen.add(scalar.text())) {
                problems.at(item.line(), "%s has %s twice".formatted(site.label(), scalar.kind()));
            }
        }
    }

    private void checkScalar(SchemaFiles.Part part, Site site, Scalar scalar, Problems.OfFile problems) {
        List<String> allowed = part.texts("enum");
        if (!allowed.isEmpty() && !allowed.contains(scalar.text())) {
            problems.at(site.line(), must("one of " + String.join(", ", allowed), site, part.secret()));
        } else if (part.text("const").filter(c -> !c.equals(scalar.text())).isPresent()
                || (scalar.isText() && !matches(part, scalar.text()))
                || (scalar.isNumber() && !inRange(part, new BigDecimal(scalar.text())))) {
            problems.at(site.line(), must(part, site));
        }
    }

    private boolean matches(SchemaFiles.Part part, String text) {
        if (text.length() < part.number("minLength", 0)) {
            return false;
        }
        Optional<String> pattern = part.text("pattern");
        return pattern.isEmpty()
                || patterns.computeIfAbsent(pattern.get(), Pattern::compile)
                        .matcher(text)
                        .find();
    }

    private static boolean inRange(SchemaFiles.Part part, BigDecimal number) {
        return number.compareTo(BigDecimal.valueOf(part.number("minimum", Long.MIN_VALUE))) >= 0
                && number.compareTo(BigDecimal.valueOf(part.number("maximum", Long.MAX_VALUE))) <= 0;
    }

    private static boolean typeFits(SchemaFiles.Part part, YamlNode node) {
        List<String> types = part.texts("type");
        for (String type : types) {
            if (isOfType(node, type)) {
                return true;
            }
        }
        return types.isEmpty();
    }

    private static boolean isOfType(YamlNode node, String type) {
        return switch (type) {
            case "object" -> node instanceof Mapping;
            case "array" -> node instanceof Sequence;
            case "string" -> node instanceof Scalar s && s.isText();
            case "boolean" -> node instanceof Scalar s && s.isBoolean();
            case "integer" -> node instanceof Scalar s && s.isInteger();
            case "number" -> node instanceof Scalar s && s.isNumber();
            default -> throw new IllegalStateException("Unknown type in a schema: " + type);
        };
    }

    private static String must(SchemaFiles.Part part, Site site) {
        return must(wanted(part), site, part.secret());
    }

    private static String must(String wanted, Site site, boolean secret) {
        return "%s must be %s, is %s".formatted(site.label(), wanted, site.kind(secret));
    }

    private static String wanted(SchemaFiles.Part part) {
        return part.text("title")
                .orElseGet(() -> part.texts("type").stream()
                                .map(SchemaValidator::inWords)
                                .collect(Collectors.joining(" or "))
                        + range(part));
    }

    private static String inWords(String type) {
        return switch (type) {
            case "object" -> "a map";
            case "array" -> "a list";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            default -> "text";
        };
    }

    private static String range(SchemaFiles.Part part) {
        return part.text("minimum").map(min -> " from " + min).orElse("")
                + part.text("maximum").map(max -> " to " + max).orElse("");
    }
}
