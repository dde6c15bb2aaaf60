package dev.galley.spark.landed;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object field by field: names count to the letter, none twice, the required ones all. */
final class StructReader implements ValueReader {
    /** A field that the contract names. */
    record Field(String name, boolean required, ValueReader reader) {}

    private final Field[] fields;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<String, String> namesInLowerCase = new HashMap<>();

    StructReader(List<Field> fields) {
        this.fields = fields.toArray(Field[]::new);
        for (int i = 0; i < this.fields.length; i++) {
            String name = this.fields[i].name();
            positions.put(name, i);
            namesInLowerCase.put(name.toLowerCase(Locale.ROOT), name);
        }
    }

    @Override
    public @Nullable Object read(Reading reading, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            reading.mistyped(token, "an object");
            return null;
        }
        @Nullable Object[] values = new @Nullable Object[fields.length];
        readInto(reading, values);
        return new GenericInternalRow(values);
    }

    /** Reads the object whose start is at hand into the first places of {@code values}. */
    void readInto(Reading reading, @Nullable Object[] values) throws IOException {
        JsonParser json = reading.json();
        boolean[] seen = new boolean[fields.length];
        int expected = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            int position = position(name, expected);
            if (position < 0) {
                other(reading, name);
                continue;
            }
            expected = position + 1;
            Object value = token == JsonToken.VALUE_NULL
                    ? null
                    : fields[position].reader().read(reading, token);
            if (seen[position]) {
                reading.misfit(Misfit.DUPLICATE_KEY, "given more than once");
            } else if (token == JsonToken.VALUE_NULL && fields[position].required()) {
                reading.misfit(Misfit.REQUIRED, "null");
            }
            seen[position] = true;
            values[position] = value;
        }
        for (int i = 0; i < fields.length; i++) {
            if (!seen[i] && fields[i].required()) {
                reading.misfitOf(fields[i].name(), Misfit.REQUIRED, "missing");
            }
        }
    }

    private int position(String name, int expected) {
        if (expected < fields.length && fields[expected].name().equals(name)) {
            return expected;
        }
        Integer position = positions.get(name);
        return position == null ? -1 : position;
    }

    private void other(Reading reading, String name) throws IOException {
        String similar = namesInLowerCase.get(name.toLowerCase(Locale.ROOT));
        if (similar != null) {
            reading.misfit(Misfit.NAME_CASE, "the contract spells it " + similar);
        }
        reading.unknownField(name);
    }
}
