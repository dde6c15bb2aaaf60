package dev.galley.definition.yaml;

import dev.galley.definition.yaml.YamlNode.Entry;
import dev.galley.definition.yaml.YamlNode.Mapping;
import dev.galley.definition.yaml.YamlNode.Scalar;
import dev.galley.definition.yaml.YamlNode.Sequence;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The values of a map that fits its schema, typed. Asking for what the schema does not allow is a programming error. */
public record YamlFields(Mapping map, Problems.OfFile problems) {
    public boolean has(String key) {
        return map.entry(key).isPresent();
    }

    /** The line of {@code key}, of the map if it is absent. */
    public int line(String key) {
        return map.entry(key).map(Entry::line).orElse(map.line());
    }

    public FileLocation place() {
        return problems.place(map.line());
    }

    public Optional<YamlNode> node(String key) {
        return map.value(key);
    }

    public Optional<String> text(String key) {
        return map.value(key).map(v -> ((Scalar) v).text());
    }

    /** The text of a key that the schema requires. */
    public String required(String key) {
        return text(key).orElseThrow(() -> new IllegalStateException("The schema does not require " + key));
    }

    public String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    public long number(String key, long otherwise) {
        return text(key).map(Long::parseLong).orElse(otherwise);
    }

    /** Reads {@code 500ms}, {@code 30s}, {@code 15m}, {@code 2h}, {@code 1d}. */
    public Duration duration(String key, String otherwise) {
        return QuantityParser.duration(text(key, otherwise));
    }

    public Optional<Duration> duration(String key) {
        return text(key).map(QuantityParser::duration);
    }

    /** Reads {@code 64KB}, {@code 32MB}, {@code 1GB} as bytes. */
    public long bytes(String key, String otherwise) {
        return QuantityParser.bytes(text(key, otherwise));
    }

    public boolean isTrue(String key) {
        return text(key).equals(Optional.of("true"));
    }

    public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return text(key)
                .map(t -> Enum.valueOf(type, t.toUpperCase(Locale.ROOT)))
                .orElse(otherwise);
    }

    /** Whether {@code key} has a number, which is not in quotes. */
    public boolean isNumber(String key) {
        return map.value(key)
                .filter(v -> v instanceof Scalar scalar && scalar.isNumber())
                .isPresent();
    }

    /** Reports what is wrong with {@code key}, at its line. */
    public void problem(String key, String message) {
        problems.at(line(key), message);
    }

    /** Reports what is wrong with the map as a whole. */
    public void problem(String message) {
        problem(map.line(), message);
    }

    /** Reports what is wrong in a line of the map's file. */
    public void problem(int line, String message) {
        problems.at(line, message);
    }

    /** The texts of a list; empty if it is absent. */
    public List<String> texts(String key) {
        return items(key).stream().map(v -> ((Scalar) v).text()).toList();
    }

    public List<YamlNode> items(String key) {
        return map.value(key).map(v -> ((Sequence) v).items()).orElse(List.of());
    }

    /** The map under {@code key}; an empty one if it is absent. */
    public YamlFields fields(String key) {
        return of(map.value(key).orElse(new Mapping(List.of(), map.line())));
    }

    /** The map that {@code node} is. */
    public YamlFields of(YamlNode node) {
        return new YamlFields((Mapping) node, problems);
    }

    public List<Entry> entries() {
        return map.entries();
    }
}
