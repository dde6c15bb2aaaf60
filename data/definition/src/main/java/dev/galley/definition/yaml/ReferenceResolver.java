package dev.galley.definition.yaml;

import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Mapping;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of <code>${env:NAME}</code>, <code>${env:NAME:-default}</code> and <code>${file:/path}</code> in the values of a
 * document.
 */
public sealed interface ReferenceResolver {
    String UNSET = "unset";

    /** In bytes; a certificate is about 2 KB. */
    int LARGEST_SECRET = 64 << 10;

    /** The document with every reference replaced; a problem for each that cannot be. */
    YamlNode resolve(YamlNode node, Problems.OfFile problems);

    /**
     * The values of {@code environment}, taken as they are, an empty value counts as unset; and the texts of files, without the
     * line break at their end.
     */
    static ReferenceResolver to(Map<String, String> environment) {
        return new Environment(environment, Optional.empty());
    }

    /**
     * For readers that do not fetch: a reference is its default, else {@value #UNSET}. So a Spark job needs none of the
     * secrets of a source.
     */
    static ReferenceResolver deferred() {
        return new Environment(Map.of(), Optional.of(UNSET));
    }

    /** For files that must read the same everywhere: a reference is a problem. */
    static ReferenceResolver none() {
        return new None();
    }

    /** Whether the text has something that looks like a reference. */
    static boolean isIn(String text) {
        return text.contains("${env:") || text.contains("${file:");
    }

    record None() implements ReferenceResolver {
        @Override
        public YamlNode resolve(YamlNode node, Problems.OfFile problems) {
            return eachScalar(node, scalar -> {
                if (isIn(scalar.text())) {
                    problems.at(
                            scalar.line(), "${env:...} and ${file:...} are allowed in sources.yml and galley.yml only");
                }
                return scalar;
            });
        }
    }

    record Environment(Map<String, String> values, Optional<String> otherwise) implements ReferenceResolver {
        private static final Pattern REFERENCE =
                Pattern.compile("\\$\\{(?:env:([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?|file:(/[^}]+))}");

        @Override
        public YamlNode resolve(YamlNode node, Problems.OfFile problems) {
            return eachScalar(node, scalar -> resolve(scalar, problems));
        }

        private Scalar resolve(Scalar scalar, Problems.OfFile problems) {
            if (!isIn(scalar.text())) {
                return scalar;
            }
            if (isIn(REFERENCE.matcher(scalar.text()).replaceAll(""))) {
                problems.at(
                        scalar.line(),
                        "A reference must be written ${env:NAME}, ${env:NAME:-default} or ${file:/path}");
            }
            String text = REFERENCE
                    .matcher(scalar.text())
                    .replaceAll(reference -> Matcher.quoteReplacement(
                            reference.group(4) == null
                                    ? variable(reference, scalar.line(), problems)
                                    : file(reference.group(4), scalar.line(), problems)));
            return new Scalar(text, scalar.plain(), true, scalar.line());
        }

        private String variable(MatchResult reference, int line, Problems.OfFile problems) {
            return Optional.ofNullable(values.get(reference.group(1)))
                    .filter(v -> !v.isEmpty())
                    .or(() -> Optional.ofNullable(reference.group(3)))
                    .or(() -> otherwise)
                    .orElseGet(() -> unset(reference.group(1), line, problems));
        }

        private static String unset(String name, int line, Problems.OfFile problems) {
            problems.at(
                    line, "The variable %s is not set; export it, or write ${env:%s:-default}".formatted(name, name));
            return UNSET;
        }

        private String file(String path, int line, Problems.OfFile problems) {
            if (otherwise.isPresent()) {
                return otherwise.orElseThrow();
            }
            try {
                if (Files.size(Path.of(path)) <= LARGEST_SECRET) {
                    return Files.readString(Path.of(path)).stripTrailing();
                }
                problems.at(line, "The file %s is too large to be a secret".formatted(path));
            } catch (IOException | InvalidPathException e) {
                // The exception's own message may hold what the file holds.
                problems.at(line, "Cannot read the file %s; it should hold a secret, in UTF-8".formatted(path));
            }
            return UNSET;
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
