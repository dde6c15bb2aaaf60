package dev.galley.spark.bronze.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object as a map: names count to the letter, none twice; null values stay null. */
record MapReader(ValueReader value) implements ValueReader {
    @Override
    public @Nullable Object read(Reading reading, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            return reading.mistyped(token, "an object");
        }
        JsonParser json = reading.json();
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken next = json.nextToken();
            if (Reading.hasLoneSurrogate(name)) {
                reading.misfit(Misfit.ENCODING, "the name holds half of a surrogate pair");
            }
            boolean again = entries.containsKey(name);
            entries.put(name, next == JsonToken.VALUE_NULL ? null : value.read(reading, next));
            if (again) {
                reading.misfit(Misfit.DUPLICATE_KEY, "given more than once");
            }
        }
        Object[] keys = entries.keySet().stream().map(UTF8String::fromString).toArray();
        return new ArrayBasedMapData(
                new GenericArrayData(keys),
                new GenericArrayData(entries.values().toArray()));
    }
}
