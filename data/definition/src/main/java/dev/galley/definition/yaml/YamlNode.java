package dev.galley.definition.yaml;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A part of a YAML document and the line where it begins, counted from 1. */
public sealed interface YamlNode {
    int line();

    /** What it is, for messages: {@code a list}. */
    String kind();

    /** Its values as JSON text; plain words keep the type that YAML gives them. */
    String toJson();

    /** The text in quotes for a message: one line, at most 60 characters. */
    static String quoted(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return "\"" + (line.length() <= 60 ? line : line.substring(0, 59) + "…") + "\"";
    }

    /**
     * A single value. Plain text is typed as YAML 1.2's core schema does it: {@code no} and {@code 010} are text.
     *
     * @param plain written without quotes
     * @param secret not to be shown: it holds a value of the environment
     */
    record Scalar(String text, boolean plain, boolean secret, int line) implements YamlNode {
        private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
        private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

        public boolean isEmpty() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        public boolean isBoolean() {
            return plain && (text.equals("true") || text.equals("false"));
        }

        public boolean isInteger() {
            return plain && INTEGER.matcher(text).matches();
        }

        public boolean isNumber() {
            return plain && NUMBER.matcher(text).matches();
        }

        public boolean isText() {
            return !isEmpty() && !isBoolean() && !isNumber();
        }

        /** Of one that is not empty. */
        public JsonScalar json() {
            return new JsonScalar(text, isText());
        }

        @Override
        public String toJson() {
            return isEmpty() ? "null" : json().json();
        }

        @Override
        public String kind() {
            if (isEmpty()) {
                return "empty";
            }
            return secret ? "***" : quoted(text);
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, int line) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String toJson() {
            return items.stream().map(YamlNode::toJson).collect(Collectors.joining(",", "[", "]"));
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A map in the order written; keys are unique. */
    record Mapping(List<Entry> entries, int line) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public Optional<Entry> entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }

        public Optional<YamlNode> value(String key) {
            return entry(key).map(Entry::value);
        }

        @Override
        public String toJson() {
            return entries.stream()
                    .map(entry ->
                            JsonScalar.quoted(entry.key()) + ":" + entry.value().toJson())
                    .collect(Collectors.joining(",", "{", "}"));
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /** A key, the line it stands on, and its value. */
    record Entry(String key, int line, YamlNode value) {}
}
