package dev.galley.definition.table;

import dev.galley.definition.yaml.JsonScalar;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What of a table's file decides its rows: the keys of the file that say something, each with its value. A key that is absent
 * from the file, or says what would hold without it, is absent here too, so that an option that comes later changes the
 * definition of no table that does not use it.
 */
public final class CanonicalDefinition {
    private final SortedMap<String, Object> keys = new TreeMap<>();

    CanonicalDefinition() {}

    CanonicalDefinition with(String key, String value) {
        keys.put(key, value);
        return this;
    }

    CanonicalDefinition with(String key, Optional<String> value) {
        value.ifPresent(present -> keys.put(key, present));
        return this;
    }

    /** Nothing, if the list is empty. */
    CanonicalDefinition with(String key, Collection<String> values) {
        if (!values.isEmpty()) {
            keys.put(key, values);
        }
        return this;
    }

    /** Nothing, if the part says nothing. */
    CanonicalDefinition with(String key, CanonicalDefinition part) {
        if (!part.keys.isEmpty()) {
            keys.put(key, part);
        }
        return this;
    }

    /** Whether it says nothing but what these keys say. */
    boolean onlyOf(Collection<String> known) {
        return known.containsAll(keys.keySet());
    }

    /**
     * The definition as JSON, keys in the order of their letters, in every run of every version the same for the same file.
     * Hashes of it are kept.
     */
    @Override
    public String toString() {
        return text(keys);
    }

    private static String text(Object value) {
        if (value instanceof CanonicalDefinition part) {
            return part.toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> JsonScalar.quoted((String) e.getKey()) + ":" + text(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(CanonicalDefinition::text).collect(Collectors.joining(",", "[", "]"));
        }
        return JsonScalar.quoted((String) value);
    }
}
