package dev.galley.definition.yaml;

import dev.galley.definition.yaml.YamlNode.Mapping;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.util.Locale;
import java.util.stream.Collectors;

/** Values of a YAML document as JSON text; plain words keep the type that YAML gives them. */
public final class JsonWriter {
    private JsonWriter() {}

    public static String text(YamlNode node) {
        if (node instanceof Mapping map) {
            return map.entries().stream()
                    .map(entry -> quoted(entry.key()) + ":" + text(entry.value()))
                    .collect(Collectors.joining(",", "{", "}"));
        } else if (node instanceof Sequence sequence) {
            return sequence.items().stream().map(JsonWriter::text).collect(Collectors.joining(",", "[", "]"));
        }
        Scalar scalar = (Scalar) node;
        if (scalar.isEmpty()) {
            return "null";
        }
        return scalar.json().json();
    }

    public static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
