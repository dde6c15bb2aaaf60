package dev.galley.oracle.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named values: a row, a landed record, or a struct inside one. Equal if every name has the same value, whatever the order; a
 * name without a value is as one that is not there. Doubles are equal by their bits, decimals with their scale.
 */
public final class Row {
    private final Map<String, @Nullable Object> values;
    private final String text;

    private Row(Map<String, @Nullable Object> values) {
        this.values = Collections.unmodifiableMap(values);
        this.text = ValueText.of(this);
    }

    public static Row of(Map<String, ? extends @Nullable Object> values) {
        return new Row(new LinkedHashMap<>(values));
    }

    /** A row of names and values in turn. */
    public static Row of(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return new Row(values);
    }

    /** The value of that name; null if there is none. */
    public @Nullable Object get(String name) {
        return values.get(name);
    }

    public List<@Nullable Object> get(Collection<String> names) {
        List<@Nullable Object> some = new ArrayList<>();
        names.forEach(name -> some.add(values.get(name)));
        return some;
    }

    /** By name, in the order given; names may stand without a value. */
    public Map<String, @Nullable Object> values() {
        return values;
    }

    public Row with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Row(more);
    }

    public Row without(String name) {
        Map<String, @Nullable Object> fewer = new LinkedHashMap<>(values);
        fewer.remove(name);
        return new Row(fewer);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && text.equals(row.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The same for equal rows and different for others. */
    @Override
    public String toString() {
        return text;
    }
}
