package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.galley.definition.table.SnakeCase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object field by field: names count to the letter or in snake case, none twice, the required ones all. Remembers
 * spellings; not for several threads.
 */
final class StructReader implements ValueReader {
    private static final int MAX_REMEMBERED = 10_000;
    private static final Integer UNKNOWN = -1;

    private final StructField[] fields;
    private final Others others;
    private final int width;
    private final String[] spellings;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, Integer> positionsInLowerCase = new HashMap<>();
    private final Map<String, Integer> positionsInSnakeCase = new HashMap<>();
    private final Map<String, Integer> remembered = new HashMap<>();

    /** What happens to fields that are not named. */
    enum Others {
        /** As the contract says of unknown fields. */
        AS_DECLARED,
        PASSED_OVER
    }

    StructReader(List<StructField> fields, Others others) {
        this.fields = fields.toArray(StructField[]::new);
        this.others = others;
        this.width = fields.stream().mapToInt(StructField::width).sum();
        this.spellings = fields.stream().map(StructField::name).toArray(String[]::new);
        for (int i = 0; i < this.fields.length; i++) {
            String name = this.fields[i].name();
            positions.put(name, i);
            positionsInLowerCase.put(name.toLowerCase(Locale.ROOT), i);
            if (this.fields[i].bySnakeCase()) {
                positionsInSnakeCase.put(name, i);
            }
        }
    }

    @Override
    public @Nullable Object read(Reading reading, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            return reading.mistyped(token, "an object");
        }
        @Nullable Object[] values = new @Nullable Object[width];
        readInto(reading, values);
        return new GenericInternalRow(values);
    }

    /** Reads the object whose start is at hand into the places of {@code values} that the fields have. */
    void readInto(Reading reading, @Nullable Object[] values) throws IOException {
        JsonParser json = reading.json();
        boolean[] seen = new boolean[fields.length];
        List<String> strangers = List.of();
        int expected = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            int position = position(name, expected);
            if (position < 0) {
                strangers = stranger(reading, name, strangers);
                continue;
            }
            expected = position + 1;
            StructField field = fields[position];
            ValueReader reader = field.reader();
            if (reader != null && token != JsonToken.VALUE_NULL) {
                values[field.place()] = reader.read(reading, token);
            } else {
                field.read(reading, token, values);
            }
            if (seen[position]) {
                reading.misfit(Misfit.DUPLICATE_KEY, "given more than once" + field.said(name));
            }
            seen[position] = true;
        }
        judge(reading, seen, strangers);
    }

    /** How many values the fields have. */
    int width() {
        return width;
    }

    /** Notes each required value that is missing, since the object is. */
    void missing(Reading reading, List<String> path) {
        for (StructField field : fields) {
            field.missing(reading, path);
        }
    }

    private void judge(Reading reading, boolean[] seen, List<String> strangers) {
        for (String stranger : strangers) {
            int similar = positionsInLowerCase.getOrDefault(stranger.toLowerCase(Locale.ROOT), UNKNOWN);
            if (similar >= 0 && !seen[similar]) {
                reading.misfitOf(
                        List.of(stranger), Misfit.NAME_CASE, "the contract spells it " + fields[similar].name());
            }
        }
        for (int i = 0; i < fields.length; i++) {
            if (!seen[i]) {
                fields[i].missing(reading, List.of());
            }
        }
    }

    private int position(String name, int expected) {
        if (expected < fields.length && spellings[expected].equals(name)) {
            return expected;
        }
        Integer position = positions.get(name);
        if (position != null) {
            return position;
        }
        return positionsInSnakeCase.isEmpty() ? UNKNOWN : positionInSnakeCase(name);
    }

    private int positionInSnakeCase(String name) {
        Integer position = remembered.get(name);
        if (position == null) {
            position = positionsInSnakeCase.getOrDefault(SnakeCase.of(name), UNKNOWN);
            if (remembered.size() < MAX_REMEMBERED) {
                remembered.put(name, position);
            }
        }
        if (position >= 0) {
            spellings[position] = name;
        }
        return position;
    }

    /** Passes over a field that is not named; those that differ from a named one in case only are added to the strangers. */
    private List<String> stranger(Reading reading, String name, List<String> strangers) throws IOException {
        if (others == Others.PASSED_OVER) {
            reading.json().skipChildren();
            return strangers;
        }
        reading.unknownField(name);
        if (!positionsInLowerCase.containsKey(name.toLowerCase(Locale.ROOT))) {
            return strangers;
        }
        List<String> more = strangers.isEmpty() ? new ArrayList<>() : strangers;
        more.add(name);
        return more;
    }
}
