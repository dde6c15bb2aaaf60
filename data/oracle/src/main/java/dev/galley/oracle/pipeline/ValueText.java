package dev.galley.oracle.pipeline;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as text. */
public final class ValueText {
    private ValueText() {}

    /** One text for equal values, another for others. Of maps the nulls show, of rows they do not. */
    public static String of(@Nullable Object value) {
        if (value instanceof Row row) {
            Map<String, @Nullable Object> shown = new TreeMap<>(row.values());
            shown.values().removeIf(v -> v == null);
            return entries(shown);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((k, v) -> sorted.put(quoted(String.valueOf(k)), v));
            return "map" + entries(sorted);
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(ValueText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Double d) {
            return d.isNaN() ? "NaN" : d + "d";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString() + "m";
        }
        return value instanceof String string ? quoted(string) : String.valueOf(value);
    }

    /** A value as equality of keys, groups and versions sees it: both zeros are one. */
    public static String ofKey(List<? extends @Nullable Object> key) {
        return key.stream()
                .map(value -> of(value instanceof Double d && d == 0 ? Double.valueOf(0) : value))
                .collect(Collectors.joining("/"));
    }

    /** A landed record as JSON; a name with null says so, a name that is not there does not stand there. */
    public static String json(@Nullable Object value) {
        if (value instanceof Row row) {
            return jsonOf(row.values());
        }
        if (value instanceof Map<?, ?> map) {
            return jsonOf(map);
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(ValueText::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : quoted(value.toString());
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }

    private static String entries(Map<String, ? extends @Nullable Object> entries) {
        return entries.entrySet().stream()
                .map(e -> e.getKey() + ": " + of(e.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String jsonOf(Map<?, ?> entries) {
        return entries.entrySet().stream()
                .map(e -> quoted(String.valueOf(e.getKey())) + ":" + json(e.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
