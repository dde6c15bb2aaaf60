package dev.galley.spec;

import dev.galley.spec.YamlNode.Entry;
import dev.galley.spec.YamlNode.Mapping;
import dev.galley.spec.YamlNode.Scalar;
import dev.galley.spec.YamlNode.Sequence;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What becomes of <code>${env:NAME}</code> and <code>${env:NAME:-default}</code> in the values of a document. */
sealed interface References {
    String UNSET = "unset";

    /** The document with every reference replaced; a problem for each that cannot be. */
    YamlNode resolve(YamlNode node, Problems.OfFile problems);

    /** The values of {@code environment}, taken as they are; an empty value counts as unset. */
    static References to(Map<String, String> environment) {
        return new Environment(environment, Optional.empty());
    }

    /**
     * For readers that do not fetch: a reference is its default, else {@value #UNSET}. So a Spark job needs none of the
     * secrets of a source.
     */
    static References deferred() {
        return new Environment(Map.of(), Optional.of(UNSET));
    }

    /** For files that must read the same everywhere: a reference is a problem. */
    static References none() {
        return new None();
    }

    /** Whether the text has something that looks like a reference. */
    static boolean isIn(String text) {
        return text.contains("${env:");
    }

    record None() implements References {
        @Override
        public YamlNode resolve(YamlNode node, Problems.OfFile problems) {
            return eachScalar(node, scalar -> {
                if (isIn(scalar.text())) {
                    problems.at(scalar.line(), "${env:...} is allowed in sources.yml and galley.yml only");
                }
                return scalar;
            });
        }
    }

    record Environment(Map<String, String> values, Optional<String> otherwise) implements References {
        private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}");

        @Override
        public YamlNode resolve(YamlNode node, Problems.OfFile problems) {
            return eachScalar(node, scalar -> resolve(scalar, problems));
        }

        private Scalar resolve(Scalar scalar, Problems.OfFile problems) {
            if (!isIn(scalar.text())) {
                return scalar;
            }
            if (isIn(REFERENCE.matcher(scalar.text()).replaceAll(""))) {
                problems.at(scalar.line(), "A reference must be written ${env:NAME} or ${env:NAME:-default}");
            }
            String text = REFERENCE
                    .matcher(scalar.text())
                    .replaceAll(reference -> Matcher.quoteReplacement(
                            value(reference).orElseGet(() -> unset(reference.group(1), scalar.line(), problems))));
            return new Scalar(text, scalar.plain(), true, scalar.line());
        }

        private static String unset(String name, int line, Problems.OfFile problems) {
            problems.at(
                    line, "The variable %s is not set; export it, or write ${env:%s:-default}".formatted(name, name));
            return UNSET;
        }

        private Optional<String> value(MatchResult reference) {
            return Optional.ofNullable(values.get(reference.group(1)))
                    .filter(v -> !v.isEmpty())
                    .or(() -> Optional.ofNullable(reference.group(3)))
                    .or(() -> otherwise);
        }
    }

    private static YamlNode eachScalar(YamlNode node, Function<Scalar, Scalar> change) {
        if (node instanceof Scalar scalar) {
            return change.apply(scalar);
        }
        if (node instanceof Sequence sequence) {
            return new Sequence(
                    sequence.items().stream()
                            .map(item -> eachScalar(item, change))
                            .toList(),
                    sequence.line());
        }
        Mapping map = (Mapping) node;
        return new Mapping(
                map.entries().stream()
                        .map(e -> new Entry(e.key(), e.line(), eachScalar(e.value(), change)))
                        .toList(),
                map.line());
    }
}
