package dev.galley.spec;

import dev.galley.spec.YamlNode.Entry;
import dev.galley.spec.YamlNode.Mapping;
import dev.galley.spec.YamlNode.Scalar;
import dev.galley.spec.YamlNode.Sequence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The values of a map that fits its schema, typed. Asking for what the schema does not allow is a programming error. */
record Fields(Mapping map, Problems.OfFile problems) {
    boolean has(String key) {
        return map.entry(key).isPresent();
    }

    /** The line of {@code key}, of the map if it is absent. */
    int line(String key) {
        return map.entry(key).map(Entry::line).orElse(map.line());
    }

    Place place() {
        return problems.place(map.line());
    }

    Optional<YamlNode> node(String key) {
        return map.value(key);
    }

    Optional<String> text(String key) {
        return map.value(key).map(v -> ((Scalar) v).text());
    }

    /** The text of a key that the schema requires. */
    String required(String key) {
        return text(key).orElseThrow(() -> new IllegalStateException("The schema does not require " + key));
    }

    String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    long number(String key, long otherwise) {
        return text(key).map(Long::parseLong).orElse(otherwise);
    }

    boolean isTrue(String key) {
        return text(key).equals(Optional.of("true"));
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return text(key)
                .map(t -> Enum.valueOf(type, t.toUpperCase(Locale.ROOT)))
                .orElse(otherwise);
    }

    /** The texts of a list; empty if it is absent. */
    List<String> texts(String key) {
        return items(key).stream().map(v -> ((Scalar) v).text()).toList();
    }

    List<YamlNode> items(String key) {
        return map.value(key).map(v -> ((Sequence) v).items()).orElse(List.of());
    }

    /** The map under {@code key}; an empty one if it is absent. */
    Fields fields(String key) {
        return of(map.value(key).orElse(new Mapping(List.of(), map.line())));
    }

    /** The map that {@code node} is. */
    Fields of(YamlNode node) {
        return new Fields((Mapping) node, problems);
    }

    List<Entry> entries() {
        return map.entries();
    }
}
