package dev.galley.definition.yaml;

import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Mapping;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The schema files on the class path, each read once, and the references between them. */
final class SchemaFiles {
    private final Map<String, Mapping> files = new HashMap<>();

    /** The part of {@code file} at {@code pointer}, a JSON pointer; empty for the whole. */
    Part part(String file, String pointer) {
        YamlNode node = files.computeIfAbsent(file, SchemaFiles::read);
        for (String key :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            node = node instanceof Mapping mapping
                    ? mapping.value(key).orElseThrow(() -> new IllegalStateException("No " + pointer + " in " + file))
                    : node;
        }
        return new Part(file, (Mapping) node);
    }

    /** Follows {@code $ref}. */
    Part resolve(Part part) {
        Part resolved = part;
        for (Optional<String> ref = part.text("$ref"); ref.isPresent(); ref = resolved.text("$ref")) {
            int hash = ref.get().indexOf('#');
            String file = hash == 0 ? resolved.file() : ref.get().substring(0, hash);
            resolved = part(file, ref.get().substring(hash + 1));
        }
        return resolved;
    }

    private static Mapping read(String file) {
        try (InputStream in = SchemaFiles.class.getResourceAsStream("/dev/galley/definition/schemas/" + file)) {
            if (in == null) {
                throw new IllegalStateException("Cannot read " + file + ": it is not on the class path");
            }
            Problems problems = new Problems();
            // JSON is YAML: the schemas go through the same parser as the documents.
            Optional<YamlNode> node = YamlParser.parse(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8), 1, problems.in(Path.of(file)));
            problems.throwIfAny();
            return (Mapping) node.orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A schema inside a file, by its keywords. */
    record Part(String file, Mapping keywords) {
        boolean has(String keyword) {
            return keywords.entry(keyword).isPresent();
        }

        /** Whether keys that no property names are refused. */
        boolean isClosed() {
            return text("additionalProperties").equals(Optional.of("false"));
        }

        /** Whether messages must not show the value. */
        boolean secret() {
            return text("writeOnly").equals(Optional.of("true"));
        }

        Optional<String> text(String keyword) {
            Optional<YamlNode> value = keywords.value(keyword);
            return value.isPresent() && value.get() instanceof Scalar scalar
                    ? Optional.of(scalar.text())
                    : Optional.empty();
        }

        long number(String keyword, long otherwise) {
            return text(keyword).map(Long::parseLong).orElse(otherwise);
        }

        /** The texts of a keyword that holds one or several; empty if it is absent. */
        List<String> texts(String keyword) {
            Optional<YamlNode> value = keywords.value(keyword);
            if (value.isEmpty()) {
                return List.of();
            }
            if (value.get() instanceof Scalar scalar) {
                return List.of(scalar.text());
            }
            List<String> texts = new ArrayList<>();
            for (YamlNode item : ((Sequence) value.get()).items()) {
                texts.add(((Scalar) item).text());
            }
            return texts;
        }

        Optional<Part> part(String keyword) {
            return keywords.value(keyword).filter(Mapping.class::isInstance).map(v -> new Part(file, (Mapping) v));
        }

        List<Part> parts(String keyword) {
            List<Part> parts = new ArrayList<>();
            for (YamlNode item : ((Sequence) keywords.value(keyword).orElseThrow()).items()) {
                parts.add(new Part(file, (Mapping) item));
            }
            return parts;
        }

        Optional<Part> property(String name) {
            return part("properties").flatMap(properties -> properties.part(name));
        }

        /** The properties that are supported, in the order of the file. */
        Set<String> properties() {
            Set<String> names = new LinkedHashSet<>();
            part("properties").ifPresent(properties -> {
                for (Entry property : properties.keywords().entries()) {
                    if (((Mapping) property.value()).entry("not").isEmpty()) {
                        names.add(property.key());
                    }
                }
            });
            return names;
        }

        /** The properties that tell this alternative from others: those with one allowed value. */
        Map<String, String> constants() {
            Map<String, String> constants = new LinkedHashMap<>();
            part("properties").ifPresent(properties -> {
                for (Entry property : properties.keywords().entries()) {
                    new Part(file, (Mapping) property.value())
                            .text("const")
                            .ifPresent(value -> constants.put(property.key(), value));
                }
            });
            return constants;
        }
    }
}
